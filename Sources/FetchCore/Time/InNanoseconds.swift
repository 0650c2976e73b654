/// Keeps a duration in eight bytes and not in sixteen, to the nanosecond, for values of which there are millions.
///
/// A hundred years fit, and nothing longer is ever waited for.
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

/// Keeps a duration or nil in eight bytes, to the nanosecond.
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
    private static let twoCenturies = .zero - longest * 2...longest * 2

    /// Rounded up: who is called a little too early finds nothing to do, and asks to be called again at once.
    fileprivate var nanoseconds: Int64 {
        let (seconds, attoseconds) = clamped(to: Self.twoCenturies).components
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        return seconds * 1_000_000_000 + whole + (rest > 0 ? 1 : 0)
    }
}
