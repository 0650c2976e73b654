extension JSONParser {
    /// Parses a string. The next byte is its opening quotation mark.
    ///
    /// - Returns: The unescaped string, or `nil` if it isn't valid Unicode. For ``Purpose/decoder`` the result is
    ///   unspecified.
    /// - Throws: A syntax error, or an error about a limit.
    mutating func string() throws(JSONParsingError) -> String? {
        let quote = index
        index += 1
        let isASCII = try skipPlainText()
        guard next == UInt8(ascii: "\"") else { return try stringWithEscapes(from: quote) }
        let bytes = UnsafeRawBufferPointer(start: base + quote + 1, count: index - quote - 1)
        index += 1
        try countText(bytes.count)
        if isASCII { return purpose == .value ? String(decoding: bytes, as: UTF8.self) : "" }
        return try unicode(String(validating: bytes, as: UTF8.self), at: quote)
    }

    /// Skips the characters before the next quotation mark or backslash.
    ///
    /// - Returns: True if all skipped characters are ASCII.
    /// - Throws: A syntax error for a control character or the end of the input.
    private mutating func skipPlainText() throws(JSONParsingError) -> Bool {
        var plain = ByteBlock()
        while index + 16 <= count {
            let block = ByteBlock(base, at: index)
            let marks =
                (block .== .each(UInt8(ascii: "\""))) .| (block .== .each(UInt8(ascii: "\\"))) .| (block .< .each(0x20))
            guard let end = marks.firstIndex else {
                plain |= block
                index += 16
                continue
            }
            guard base.load(fromByteOffset: index + end, as: UInt8.self) >= 0x20 else { break }
            index += end
            return block.hasASCII(upTo: end) && plain.hasASCII(upTo: 16)
        }
        var isASCII = plain.hasASCII(upTo: 16)
        while !isAtEnd {
            switch next {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return isASCII
            case ..<0x20: throw .syntax("control character in a string", at: index)
            default:
                if next >= 0x80 { isASCII = false }
                index += 1
            }
        }
        throw .syntax("unterminated string", at: index)
    }

    private mutating func stringWithEscapes(from quote: Int) throws(JSONParsingError) -> String? {
        unescaped.removeAll(keepingCapacity: true)
        var run = quote + 1
        var escapes = 0
        var isUnicode = true
        while next != UInt8(ascii: "\"") {
            unescaped.append(contentsOf: UnsafeRawBufferPointer(start: base + run, count: index - run))
            index += 1
            escapes += 1
            if !(try escape()) { isUnicode = false }
            run = index
            _ = try skipPlainText()
        }
        unescaped.append(contentsOf: UnsafeRawBufferPointer(start: base + run, count: index - run))
        index += 1
        if purpose == .decoder { try countValues(escapes) }
        try countText(unescaped.count)
        return try unicode(isUnicode ? String(validating: unescaped, as: UTF8.self) : nil, at: quote)
    }

    /// Returns the string. One that isn't valid Unicode counts towards the limit of values.
    private mutating func unicode(_ text: String?, at quote: Int) throws(JSONParsingError) -> String? {
        if text == nil { try countUnreadable(at: quote) }
        return text
    }

    /// Parses the rest of an escape sequence, after its backslash.
    ///
    /// - Returns: False for an unpaired surrogate, true otherwise.
    /// - Throws: A syntax error for an unknown or incomplete escape sequence.
    private mutating func escape() throws(JSONParsingError) -> Bool {
        guard !isAtEnd else { throw .syntax("unterminated string", at: index) }
        let letter = next
        index += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): unescaped.append(letter)
        case UInt8(ascii: "n"): unescaped.append(0x0A)
        case UInt8(ascii: "t"): unescaped.append(0x09)
        case UInt8(ascii: "r"): unescaped.append(0x0D)
        case UInt8(ascii: "b"): unescaped.append(0x08)
        case UInt8(ascii: "f"): unescaped.append(0x0C)
        case UInt8(ascii: "u"): return try codePoint()
        default: throw .syntax("unknown escape sequence in a string", at: index - 2)
        }
        return true
    }

    private mutating func codePoint() throws(JSONParsingError) -> Bool {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) {
            unescaped.append(contentsOf: scalar.utf8)
            return true
        }
        guard
            UTF16.isLeadSurrogate(unit), index + 2 <= count, next == UInt8(ascii: "\\"),
            base.load(fromByteOffset: index + 1, as: UInt8.self) == UInt8(ascii: "u")
        else { return false }
        let endOfFirst = index
        index += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else {
            // The second escape is read again: it may be a character, or the first half of another pair.
            index = endOfFirst
            return false
        }
        unescaped.append(contentsOf: UTF16.decode(UTF16.EncodedScalar([unit, second])).utf8)
        return true
    }

    /// Parses four hexadecimal digits.
    private mutating func codeUnit() throws(JSONParsingError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard !isAtEnd, let digit = ASCII.hexadecimalValue(next) else {
                throw .syntax("expected four hexadecimal digits in an escape sequence", at: index)
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}
