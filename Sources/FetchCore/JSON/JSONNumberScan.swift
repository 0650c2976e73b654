/// Where a number of JSON ends, and whether a decoder can read it.
struct JSONNumberScan {
    /// The place behind the number.
    private(set) var end: Int

    /// Whether it is written as RFC 8259 says, section 6.
    private(set) var isReadable = false

    /// Looks at the number whose first byte is at `start`.
    init(_ bytes: UnsafeRawBufferPointer, from start: Int) {
        end = start
        if Self.byte(at: end, in: bytes) == UInt8(ascii: "-") { end += 1 }
        let beginsWithZero = Self.byte(at: end, in: bytes) == UInt8(ascii: "0")
        let digits = skipDigits(in: bytes)
        var isWellFormed = digits == 1 || (digits > 1 && !beginsWithZero)
        if Self.byte(at: end, in: bytes) == UInt8(ascii: ".") {
            end += 1
            if skipDigits(in: bytes) == 0 { isWellFormed = false }
        }
        if let letter = Self.byte(at: end, in: bytes), letter | 0x20 == UInt8(ascii: "e") {
            end += 1
            let sign = Self.byte(at: end, in: bytes)
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { end += 1 }
            if skipDigits(in: bytes) == 0 { isWellFormed = false }
        }
        let afterwards = end
        while let byte = Self.byte(at: end, in: bytes), Self.mayBePart(byte) { end += 1 }
        isReadable = isWellFormed && end == afterwards
    }

    private mutating func skipDigits(in bytes: UnsafeRawBufferPointer) -> Int {
        let start = end
        while let byte = Self.byte(at: end, in: bytes), (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
            end += 1
        }
        return end - start
    }

    private static func mayBePart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
        default: byte | 0x20 == UInt8(ascii: "e")
        }
    }

    private static func byte(at place: Int, in bytes: UnsafeRawBufferPointer) -> UInt8? {
        place < bytes.count ? bytes[place] : nil
    }
}
