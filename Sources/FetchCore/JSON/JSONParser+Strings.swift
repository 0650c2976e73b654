extension JSONParser {
    /// Reads the string that begins here.
    ///
    /// - Returns: Its text, nil if that isn't Unicode. Without a meaning when the purpose is a decoder.
    mutating func string() throws(JSONFlaw) -> String? {
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

    /// Moves to the next quotation mark or backslash.
    ///
    /// - Returns: Whether all on the way is ASCII.
    private mutating func skipPlainText() throws(JSONFlaw) -> Bool {
        var highBits: UInt64 = 0
        while index + 8 <= count {
            let word = SWAR.word(base, at: index)
            let marks =
                SWAR.zeros(in: word ^ SWAR.each(UInt8(ascii: "\"")))
                | SWAR.zeros(in: word ^ SWAR.each(UInt8(ascii: "\\"))) | SWAR.bytes(in: word, below: 0x20)
            if marks == 0 {
                highBits |= word
                index += 8
                continue
            }
            let place = SWAR.lowestByte(marks)
            highBits |= word & ((1 << (8 * UInt64(place))) - 1)
            index += place
            break
        }
        while !isAtEnd {
            switch next {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return highBits & SWAR.each(0x80) == 0
            case ..<0x20: throw .syntax("a string holds a control character", at: index)
            default:
                highBits |= UInt64(next)
                index += 1
            }
        }
        throw .syntax("a string has no end", at: index)
    }

    private mutating func stringWithEscapes(from quote: Int) throws(JSONFlaw) -> String? {
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

    /// Returns the string, and counts it if it isn't Unicode.
    private mutating func unicode(_ text: String?, at quote: Int) throws(JSONFlaw) -> String? {
        if text == nil { try countUnreadable(at: quote) }
        return text
    }

    /// Reads what follows a backslash.
    ///
    /// - Returns: Whether it is text, and not half a surrogate pair.
    private mutating func escape() throws(JSONFlaw) -> Bool {
        guard !isAtEnd else { throw .syntax("a string has no end", at: index) }
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
        default: throw .syntax("a string holds an unknown escape", at: index - 2)
        }
        return true
    }

    private mutating func codePoint() throws(JSONFlaw) -> Bool {
        let unit = try codeUnit()
        if let scalar = Unicode.Scalar(unit) {
            unescaped.append(contentsOf: scalar.utf8)
            return true
        }
        guard
            UTF16.isLeadSurrogate(unit), index + 2 <= count, next == UInt8(ascii: "\\"),
            base.load(fromByteOffset: index + 1, as: UInt8.self) == UInt8(ascii: "u")
        else { return false }
        let behindFirst = index
        index += 2
        let second = try codeUnit()
        guard UTF16.isTrailSurrogate(second) else {
            // It may be a character of its own, or the first half of one.
            index = behindFirst
            return false
        }
        unescaped.append(contentsOf: UTF16.decode(UTF16.EncodedScalar([unit, second])).utf8)
        return true
    }

    /// Reads four hexadecimal digits.
    private mutating func codeUnit() throws(JSONFlaw) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0..<4 {
            guard !isAtEnd, let digit = PercentEncoding.hexDigit(next) else {
                throw .syntax("a string holds a code without four hexadecimal digits", at: index)
            }
            unit = unit << 4 | UInt16(digit)
            index += 1
        }
        return unit
    }
}
