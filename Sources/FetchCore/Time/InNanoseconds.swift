/// A property wrapper that stores a duration as 64-bit nanoseconds, for types with millions of instances.
///
/// `Duration` takes 128 bits. Values are rounded up to whole nanoseconds and clamped to ±200 years.
@propertyWrapper
struct InNanoseconds: Sendable, Comparable {
    private var nanoseconds: Int64

    init(wrappedValue: Duration) { nanoseconds = wrappedValue.nanoseconds }

    var wrappedValue: Duration {
        get { .nanoseconds(nanoseconds) }
        set { nanoseconds = newValue.nanoseconds }
    }

    static func < (one: Self, other: Self) -> Bool { one.nanoseconds < other.nanoseconds }
}

/// A property wrapper that stores an optional duration as 64-bit nanoseconds, like ``InNanoseconds``.
@propertyWrapper
struct InNanosecondsOrNil: Sendable {
    private var nanoseconds: Int64

    init(wrappedValue: Duration?) { nanoseconds = wrappedValue?.nanoseconds ?? .min }

    var wrappedValue: Duration? {
        get { nanoseconds == .min ? nil : .nanoseconds(nanoseconds) }
        set { nanoseconds = newValue?.nanoseconds ?? .min }
    }
}

extension Duration {
    /// Returns a part of the duration in whole nanoseconds. The operator of `Duration` is generic, and many times as
    /// slow.
    func divided(by divisor: Int64) -> Duration { .nanoseconds(nanoseconds / divisor) }

    /// The duration in nanoseconds, rounded up so that a timer never fires before the time for which it was set.
    fileprivate var nanoseconds: Int64 {
        let limit: Int64 = 200 * 365 * 86_400 * 1_000_000_000
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return Int64(min(max(whole + (rest > 0 ? 1 : 0), Int128(-limit)), Int128(limit)))
    }
}
