/// A value of an SQL statement, or of a row that it returns.
public enum SQLValue: Sendable, Hashable {
    /// `NULL`.
    case null
    /// A whole number.
    case integer(Int64)
    /// A number of double precision.
    case real(Double)
    /// A string. JSON is passed and returned as one.
    case text(String)
    /// Bytes.
    case blob([UInt8])
}

extension SQLValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
    ExpressibleByNilLiteral
{
    /// Creates a string.
    public init(stringLiteral value: String) { self = .text(value) }

    /// Creates a whole number.
    public init(integerLiteral value: Int64) { self = .integer(value) }

    /// Creates a number of double precision.
    public init(floatLiteral value: Double) { self = .real(value) }

    /// Creates `NULL`.
    public init(nilLiteral: ()) { self = .null }
}

extension SQLValue {
    /// Creates a string, or `NULL` for `nil`.
    public init(_ text: String?) { self = text.map { .text($0) } ?? .null }

    /// Creates a whole number, or `NULL` for `nil`.
    public init(_ number: Int64?) { self = number.map { .integer($0) } ?? .null }

    /// Creates a whole number, or `NULL` for `nil`.
    public init(_ number: Int?) { self.init(number.map { Int64($0) }) }

    /// Creates a number of double precision, or `NULL` for `nil`.
    public init(_ number: Double?) { self = number.map { .real($0) } ?? .null }
}
