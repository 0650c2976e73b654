/// A JSON number, converted from digits that match the grammar of RFC 8259, section 6.
///
/// A whole number that fits into 64 bits becomes an integer in any notation, including `1e3` and `1.0`. It is never
/// converted to a `Double`, which would lose digits.
struct JSONNumber {
    private let bytes: UnsafeRawBufferPointer
    private var isNegative = false
    /// The digits without leading and trailing zeros. `nil` if they exceed 64 bits.
    private var significand: UInt64? = 0
    /// The power of ten by which the significand is multiplied.
    private var exponent = 0

    /// Reads a number whose syntax has been checked.
    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        var isFraction = false
        // Zeros after the last digit of the significand. They become part of it if another digit follows.
        var zeros = 0
        scan: for (index, byte) in bytes.enumerated() {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "0"):
                if significand != 0 { zeros += 1 }
                if isFraction { exponent -= 1 }
            case UInt8(ascii: "1")...UInt8(ascii: "9"):
                append(byte - UInt8(ascii: "0"), after: zeros)
                zeros = 0
                if isFraction { exponent -= 1 }
            default:
                exponent += Self.exponent(UnsafeRawBufferPointer(rebasing: bytes[(index + 1)...]))
                break scan
            }
        }
        exponent += zeros
    }

    private mutating func append(_ digit: UInt8, after zeros: Int) {
        for _ in 0..<zeros where significand != nil { significand = Self.product(significand, 10) }
        significand = Self.product(significand, 10)
        let (sum, overflows) = (significand ?? 0).addingReportingOverflow(UInt64(digit))
        if significand != nil { significand = overflows ? nil : sum }
    }

    private static func product(_ number: UInt64?, _ factor: UInt64) -> UInt64? {
        guard let (product, overflows) = number?.multipliedReportingOverflow(by: factor), !overflows else { return nil }
        return product
    }

    /// Returns the exponent, limited to 10⁸, which exceeds the number of digits in the longest accepted text. Ten times
    /// the limit fits in 32 bits.
    private static func exponent(_ bytes: UnsafeRawBufferPointer) -> Int {
        var exponent = 0
        for byte in bytes where ASCII.isDigit(byte) {
            exponent = min(exponent * 10 + Int(byte - UInt8(ascii: "0")), 100_000_000)
        }
        return bytes.first == UInt8(ascii: "-") ? -exponent : exponent
    }

    /// The number as an integer or a `Double`, or `null` if it is too large for both.
    var value: JSONValue {
        if let whole { return .integer(whole) }
        if let quotient { return .number(isNegative ? -quotient : quotient) }
        guard let number = Double(String(decoding: bytes, as: UTF8.self)), number.isFinite else { return .null }
        return .number(number)
    }

    private var whole: Int64? {
        if significand == 0 { return 0 }
        guard var magnitude = significand, (0...18).contains(exponent) else { return nil }
        for _ in 0..<exponent {
            guard let product = Self.product(magnitude, 10) else { return nil }
            magnitude = product
        }
        return isNegative ? Int64(exactly: 0 - Int128(magnitude)) : Int64(exactly: magnitude)
    }

    /// The value of a fraction with few digits. Significand and power of ten are exact doubles, so the quotient is
    /// rounded once.
    private var quotient: Double? {
        guard let significand, significand < 1 << 53, exponent < 0, exponent >= -22 else { return nil }
        return Double(significand) / Self.powersOfTen[-exponent]
    }

    private static let powersOfTen = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20,
        1e21, 1e22,
    ]
}
