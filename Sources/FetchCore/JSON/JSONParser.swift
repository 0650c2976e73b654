/// A recursive-descent parser for JSON (RFC 8259) in UTF-8, which makes a single pass over the bytes.
///
/// It accepts some input that the standard excludes or leaves open:
///
/// - A leading byte order mark is skipped.
/// - `NaN`, `Infinity` and `-Infinity`, which servers written in Python send, become `null`.
/// - A number that exceeds the range of `Double`, such as `1e999`, becomes `null`.
/// - A string that isn't valid Unicode, because of an unpaired surrogate or invalid UTF-8, becomes `null`. A member
///   with such a name is omitted.
/// - If an object has several members of one name, the last one takes precedence.
///
/// The limits on nesting, values and strings apply during parsing: see ``JSONLimits``.
struct JSONParser {
    /// The purpose of parsing.
    enum Purpose {
        /// The result is a ``JSONValue``.
        case value

        /// The bytes are validated for a `JSONDecoder`, and no values are created.
        ///
        /// The limit of values then bounds the time of Foundation's decoder. The decoder takes some microseconds for
        /// each value and each escape sequence, so escape sequences count as values. On a type mismatch it creates the
        /// coding path, so a value below the eighth level counts twice per level. For an unreadable string or number it
        /// counts the lines before it, so such a value counts once more per 256 preceding bytes. The decoder accepts
        /// neither `NaN` nor `Infinity`, so their positions are noted.
        case decoder
    }

    /// A member of an object.
    struct Member {
        let name: String
        let value: JSONValue
    }

    let base: UnsafeRawPointer
    let count: Int
    let purpose: Purpose
    let limits: JSONLimits
    /// The offset of the next byte.
    var index = 0
    var depth = 0
    /// The members of all incomplete objects. A dictionary is created when the number of its members is known.
    var members: [Member] = []
    /// A buffer for the unescaped bytes of a string, reused for all strings.
    var unescaped: [UInt8] = []
    /// The positions of `NaN`, `Infinity` and `-Infinity`, for ``Purpose/decoder``.
    var nonFinite: [Range<Int>] = []

    private var values = 0
    private var textLength = 0

    private init(_ base: UnsafeRawPointer, _ count: Int, _ purpose: Purpose, _ limits: JSONLimits) {
        self.base = base
        self.count = count
        self.purpose = purpose
        self.limits = limits
    }

    /// Parses bytes into a value. Throws if the bytes aren't JSON or exceed a limit.
    static func value(
        of bytes: UnsafeRawBufferPointer,
        within limits: JSONLimits
    ) throws(JSONParsingError) -> JSONValue {
        try read(bytes, for: .value, within: limits).value
    }

    /// Validates bytes for a `JSONDecoder`. Throws if the bytes aren't JSON or exceed a limit.
    ///
    /// - Returns: The positions of `NaN`, `Infinity` and `-Infinity` in order, which the decoder doesn't accept.
    static func check(_ bytes: UnsafeRawBufferPointer) throws(JSONParsingError) -> [Range<Int>] {
        try read(bytes, for: .decoder, within: JSONLimits()).nonFinite
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer,
        for purpose: Purpose,
        within limits: JSONLimits
    ) throws(JSONParsingError) -> (value: JSONValue, nonFinite: [Range<Int>]) {
        guard let base = bytes.baseAddress else { throw .syntax("expected a value", at: 0) }
        var parser = JSONParser(base, bytes.count, purpose, limits)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
        if purpose == .value { parser.members.reserveCapacity(expectedMembers) }
        let value = try parser.value()
        parser.skipSpace()
        guard parser.isAtEnd else { throw .syntax("unexpected data after the value", at: parser.index) }
        return (value, parser.nonFinite)
    }

    /// Parses a value and the whitespace before it.
    mutating func value() throws(JSONParsingError) -> JSONValue {
        skipSpace()
        guard !isAtEnd else { throw .syntax("unexpected end of the input", at: index) }
        try countValues(purpose == .decoder && depth > Self.shallowDepth ? 2 * depth : 1)
        switch next {
        case UInt8(ascii: "\""): return try string().map(JSONValue.string) ?? .null
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return try number()
        case UInt8(ascii: "t"): return try literal("true", value: .bool(true))
        case UInt8(ascii: "f"): return try literal("false", value: .bool(false))
        case UInt8(ascii: "n"): return try literal("null", value: .null)
        case UInt8(ascii: "N"): return try nonFinite("NaN", from: index)
        case UInt8(ascii: "I"): return try nonFinite("Infinity", from: index)
        default: throw .syntax("expected a value", at: index)
        }
    }

    private static let shallowDepth = 8

    /// The reserved capacity for members, which suffices for most responses. It takes less than 1,032 bytes, up to
    /// which glibc allocates from a thread's cache without a lock.
    private static let expectedMembers = 24
}

extension JSONParser {
    @inline(__always)
    var isAtEnd: Bool { index >= count }

    /// The next byte. Must not be used at the end of the input.
    @inline(__always)
    var next: UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

    @inline(__always)
    mutating func skipSpace() {
        while !isAtEnd, next <= 0x20, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
    }

    /// Skips whitespace, and then the given byte. Returns false if another byte comes next.
    @inline(__always)
    mutating func skips(_ byte: UInt8) -> Bool {
        skipSpace()
        guard !isAtEnd, next == byte else { return false }
        index += 1
        return true
    }

    /// Skips a literal name such as `true`, and returns its value.
    mutating func literal(_ name: StaticString, value: JSONValue) throws(JSONParsingError) -> JSONValue {
        let length = name.utf8CodeUnitCount
        let found = UnsafeRawBufferPointer(start: base + index, count: min(length, count - index))
        guard found.elementsEqual(UnsafeRawBufferPointer(start: name.utf8Start, count: length)) else {
            throw .syntax("expected a value", at: index)
        }
        index += length
        return value
    }

    /// Skips the name of a number that isn't finite, whose sign is at `start` if it has one. Its value is null.
    mutating func nonFinite(_ name: StaticString, from start: Int) throws(JSONParsingError) -> JSONValue {
        let value = try literal(name, value: .null)
        if purpose == .decoder { nonFinite.append(start..<index) }
        return value
    }

    /// Adds to the count of values, and throws if it exceeds the limit.
    mutating func countValues(_ number: Int) throws(JSONParsingError) {
        values += number
        guard values <= limits.values else {
            let kind = purpose == .decoder ? "values and escapes" : "values"
            throw JSONParsingError(reason: "contains more than \(limits.values) \(kind)", offset: index)
        }
    }

    /// Counts a string or number that a decoder can't read. It has no effect for ``Purpose/value``.
    mutating func countUnreadable(at offset: Int) throws(JSONParsingError) {
        if purpose == .decoder { try countValues(offset / 256) }
    }

    /// Adds to the total size of strings, and throws if it exceeds the limit.
    mutating func countText(_ length: Int) throws(JSONParsingError) {
        textLength += length
        guard textLength <= limits.text else {
            throw JSONParsingError(reason: "contains more than \(limits.text) bytes in strings", offset: index)
        }
    }
}
