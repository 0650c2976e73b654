/// The text of SQL statements. Interpolated values become literals, so that a value can't end its literal.
///
/// Values are part of the text since several statements are sent in one message: the settings of the transaction and
/// its statements take one round trip, are one transaction, and leave no setting behind in a pooled session.
struct SQL: Sendable, ExpressibleByStringInterpolation {
    private(set) var text: String

    init(stringLiteral text: String) { self.text = text }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate(set) var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity * 2) }

        mutating func appendLiteral(_ literal: String) { text += literal }

        /// Inserts other SQL as it is.
        mutating func appendInterpolation(_ sql: SQL) { text += sql.text }

        mutating func appendInterpolation(_ value: String?) {
            guard let value else { return text += "NULL" }
            SQL.appendQuoted(value, to: &text)
        }

        mutating func appendInterpolation(_ value: some FixedWidthInteger) { text += value.description }

        mutating func appendInterpolation(_ value: Bool) { text += value ? "true" : "false" }

        mutating func appendInterpolation(_ value: Double) { SQL.appendQuoted("\(value)", to: &text) }

        /// Inserts a duration as an interval of whole microseconds.
        mutating func appendInterpolation(_ duration: Duration) {
            text += "interval '\(duration.wholeMicroseconds) microseconds'"
        }

        /// Inserts numbers as an array of the type `bigint`.
        mutating func appendInterpolation(_ values: [Int64]) {
            text += "'{"
            var separator = ""
            for value in values {
                text += separator
                text += value.description
                separator = ","
            }
            text += "}'::bigint[]"
        }

        /// Inserts strings as an array of a type.
        mutating func appendInterpolation(_ values: [String?], as type: SQL = "text") {
            SQL.appendQuoted(SQL.arrayText(values), to: &text)
            text += "::"
            text += type.text
            text += "[]"
        }
    }

    /// Returns the text form of an array, whose elements are all quoted.
    private static func arrayText(_ values: [String?]) -> String {
        var array = "{"
        var isFirst = true
        for value in values {
            if isFirst { isFirst = false } else { array += "," }
            guard let value else {
                array += "NULL"
                continue
            }
            array += "\""
            if value.utf8.contains(where: { $0 == 34 || $0 == 92 }) {
                for scalar in value.unicodeScalars {
                    if scalar == "\"" || scalar == "\\" { array.unicodeScalars.append("\\") }
                    array.unicodeScalars.append(scalar)
                }
            } else {
                array += value
            }
            array += "\""
        }
        return array + "}"
    }

    /// Appends a literal. With a backslash it has the form that doesn't depend on `standard_conforming_strings`.
    private static func appendQuoted(_ value: String, to text: inout String) {
        let hasBackslash = value.utf8.contains(92)
        text += hasBackslash ? " E'" : "'"
        if hasBackslash || value.utf8.contains(39) {
            for scalar in value.unicodeScalars {
                if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
                text.unicodeScalars.append(scalar)
            }
        } else {
            text += value
        }
        text += "'"
    }
}

extension Duration {
    /// The duration in microseconds, rounded down, at most 200 years in either direction.
    var wholeMicroseconds: Int64 {
        let limit: Int64 = 200 * 366 * 86_400
        let parts = components
        guard abs(parts.seconds) < limit else { return (parts.seconds < 0 ? -limit : limit) * 1_000_000 }
        return parts.seconds * 1_000_000 + parts.attoseconds / 1_000_000_000_000
    }

    /// The duration in seconds as a decimal number without rounding.
    var decimalSeconds: String {
        let parts = components
        let sign = parts.seconds < 0 || parts.attoseconds < 0 ? "-" : ""
        let fraction = String(parts.attoseconds.magnitude)
        let digits = String(repeating: "0", count: 18 - fraction.count) + fraction
        let end = digits.utf8.lastIndex { $0 != 48 }.map { digits.index(after: $0) } ?? digits.startIndex
        let rest = digits[..<end]
        return "\(sign)\(parts.seconds.magnitude)\(rest.isEmpty ? "" : ".")\(rest)"
    }

    /// Creates a duration from a decimal number of seconds without rounding, or `nil` if it isn't one.
    init?(decimalSeconds text: String) {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, let seconds = Int64(first) else { return nil }
        let digits = parts.count > 1 ? parts[1].prefix(18) : ""
        guard let fraction = Int64(digits + String(repeating: "0", count: 18 - digits.count)) else { return nil }
        let sign: Int64 = isNegative ? -1 : 1
        self.init(secondsComponent: sign * seconds, attosecondsComponent: sign * fraction)
    }
}
