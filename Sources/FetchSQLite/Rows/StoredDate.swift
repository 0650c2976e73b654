import FetchCore
import FetchJobs

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A date in microseconds since 1970, as the tables have it.
struct StoredDate: Sendable, Comparable {
    let microseconds: Int64

    init(microseconds: Int64) { self.microseconds = microseconds }

    /// Rounds a date. One that is out of range is clamped.
    init(_ date: Date) { microseconds = Self.clamp(date.timeIntervalSince1970 * 1_000_000) }

    var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }

    var value: SQLValue { .integer(microseconds) }

    static func < (one: Self, other: Self) -> Bool { one.microseconds < other.microseconds }

    static func + (date: Self, duration: Duration) -> Self {
        Self(microseconds: date.microseconds + clamp(duration.seconds * 1_000_000))
    }

    static func - (date: Self, duration: Duration) -> Self {
        Self(microseconds: date.microseconds - clamp(duration.seconds * 1_000_000))
    }

    /// Rounds a number, and clamps it to 100,000 years.
    private static func clamp(_ number: Double) -> Int64 {
        guard !number.isNaN else { return 0 }
        return Int64(min(max(number.rounded(), -3_155_760_000_000_000_000), 3_155_760_000_000_000_000))
    }
}
