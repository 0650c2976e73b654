package import Tracing

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension DefaultTracerClock.Timestamp {
    /// Creates the time of a date. Dates before 1970 count as 1970, later ones than 2554 as that.
    package init(_ date: Date) {
        let nanoseconds = date.timeIntervalSince1970 * 1_000_000_000
        self.init(nanosecondsSinceEpoch: UInt64(exactly: nanoseconds.rounded()) ?? (nanoseconds > 0 ? .max : 0))
    }
}
