extension JSONParser {
    /// Reads the number that begins here.
    mutating func number() throws(JSONFlaw) -> JSONValue {
        let start = index
        let isNegative = next == UInt8(ascii: "-")
        if isNegative { index += 1 }
        if isNegative, purpose == .value, !isAtEnd, next == UInt8(ascii: "I") {
            return try word("Infinity", meaning: .null)
        }
        let firstDigit = index
        var magnitude: Int64 = 0
        while let digit = nextDigit {
            magnitude = magnitude &* 10 &+ Int64(digit)
            index += 1
        }
        let length = index - firstDigit
        guard length > 0 else { throw .syntax("a number has no digit", at: index) }
        guard length == 1 || base.load(fromByteOffset: firstDigit, as: UInt8.self) != UInt8(ascii: "0") else {
            throw .syntax("a number begins with a zero", at: firstDigit)
        }
        let hasFraction = try skipFraction()
        let hasExponent = try skipExponent()
        // So many digits can't overflow.
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

    /// Passes a fraction, and returns whether there is one.
    private mutating func skipFraction() throws(JSONFlaw) -> Bool {
        guard !isAtEnd, next == UInt8(ascii: ".") else { return false }
        index += 1
        try skipDigits()
        return true
    }

    /// Passes an exponent, and returns whether there is one.
    private mutating func skipExponent() throws(JSONFlaw) -> Bool {
        guard !isAtEnd, next | 0x20 == UInt8(ascii: "e") else { return false }
        index += 1
        if !isAtEnd, next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { index += 1 }
        try skipDigits()
        return true
    }

    private mutating func skipDigits() throws(JSONFlaw) {
        guard nextDigit != nil else { throw .syntax("a number lacks a digit", at: index) }
        while nextDigit != nil { index += 1 }
    }
}
