extension JSONParser {
    /// Parses a number. The next byte is a digit or a minus sign.
    mutating func number() throws(JSONParsingError) -> JSONValue {
        let start = index
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { index += 1 }
        if isNegative, !isAtEnd, next == UInt8(ascii: "I") { return try nonFinite("Infinity", from: start) }
        let firstDigit = index
        var magnitude: Int64 = 0
        while let digit = nextDigit {
            magnitude = magnitude &* 10 &+ Int64(digit)
            index += 1
        }
        let length = index - firstDigit
        guard length > 0 else { throw .syntax("expected a digit", at: index) }
        guard length == 1 || base.load(fromByteOffset: firstDigit, as: UInt8.self) != UInt8(ascii: "0") else {
            throw .syntax("leading zero in a number", at: firstDigit)
        }
        let hasFraction = try skipFraction()
        let hasExponent = try skipExponent()
        // A number of 18 digits can't overflow.
        if length <= 18, !hasFraction, !hasExponent { return .integer(isNegative ? -magnitude : magnitude) }
        let value = JSONNumber(UnsafeRawBufferPointer(start: base + start, count: index - start)).value
        if value == .null { try countUnreadable(at: start) }
        return value
    }

    private var nextDigit: UInt8? {
        guard !isAtEnd else { return nil }
        let digit = next &- UInt8(ascii: "0")
        return digit < 10 ? digit : nil
    }

    /// Skips a fraction. Returns true if there is one.
    private mutating func skipFraction() throws(JSONParsingError) -> Bool {
        guard !isAtEnd, next == UInt8(ascii: ".") else { return false }
        index += 1
        try skipDigits()
        return true
    }

    /// Skips an exponent. Returns true if there is one.
    private mutating func skipExponent() throws(JSONParsingError) -> Bool {
        guard !isAtEnd, next | 0x20 == UInt8(ascii: "e") else { return false }
        index += 1
        if !isAtEnd, next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
        try skipDigits()
        return true
    }

    private mutating func skipDigits() throws(JSONParsingError) {
        guard nextDigit != nil else { throw .syntax("expected a digit", at: index) }
        while nextDigit != nil { index += 1 }
    }
}
