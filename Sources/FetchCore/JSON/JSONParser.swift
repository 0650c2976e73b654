/// A parser of JSON: RFC 8259 in UTF-8, in one pass over the bytes.
///
/// Beyond the standard:
///
/// - A byte order mark in front is skipped.
/// - `NaN`, `Infinity` and `-Infinity`, which servers in Python write, are `null`.
/// - A number without a finite `Double`, such as `1e999`, is `null`.
/// - A string that isn't Unicode, for half a surrogate pair or invalid UTF-8, is `null`; a member with such a name is
///   left out.
/// - If a name occurs more than once in an object, its last value counts.
///
/// Nesting, values and text are limited while they are read: see ``JSONLimits``.
struct JSONParser {
    /// The use of the bytes.
    enum Purpose {
        /// They become a ``JSONValue``.
        case value

        /// They are checked for a decoder of Foundation, and nothing is made of them.
        ///
        /// A decoder takes some microseconds for each value and for each escape, so that escapes count as values. If it
        /// finds another type than it tried, it writes down the path to the value, so that a value below the eighth level
        /// counts twice for each level. If it can't read a string or a number, it counts the lines in front of it, so that
        /// such a value counts once more for each 256 bytes. It reads no `NaN`.
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
    /// The place of the next byte.
    var index = 0
    var depth = 0
    /// The members of all objects that aren't complete yet. An object is made when the number of its members is known.
    var members: [Member] = []
    /// The text of a string with escapes, in storage for all of them.
    var unescaped: [UInt8] = []

    private var values = 0
    private var textLength = 0

    private init(_ base: UnsafeRawPointer, _ count: Int, _ purpose: Purpose, _ limits: JSONLimits) {
        self.base = base
        self.count = count
        self.purpose = purpose
        self.limits = limits
    }

    /// Returns the value of the bytes.
    static func value(of bytes: UnsafeRawBufferPointer, within limits: JSONLimits) throws(JSONFlaw) -> JSONValue {
        try read(bytes, for: .value, within: limits)
    }

    /// Throws if the bytes aren't JSON or exceed a limit.
    static func check(_ bytes: UnsafeRawBufferPointer) throws(JSONFlaw) {
        _ = try read(bytes, for: .decoder, within: JSONLimits())
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer,
        for purpose: Purpose,
        within limits: JSONLimits
    ) throws(JSONFlaw) -> JSONValue {
        guard let base = bytes.baseAddress else { throw .syntax("there is no value", at: 0) }
        var parser = JSONParser(base, bytes.count, purpose, limits)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { parser.index = 3 }
        if purpose == .value { parser.members.reserveCapacity(usualMembers) }
        let value = try parser.value()
        parser.skipSpace()
        guard parser.isAtEnd else { throw .syntax("there is more behind the value", at: parser.index) }
        return value
    }

    /// Reads a value and the space in front of it.
    mutating func value() throws(JSONFlaw) -> JSONValue {
        skipSpace()
        guard !isAtEnd else { throw .syntax("it ends in front of a value", at: index) }
        try countValues(purpose == .decoder && depth > Self.usualDepth ? 2 * depth : 1)
        switch next {
        case UInt8(ascii: "\""): return try string().map(JSONValue.string) ?? .null
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): return try number()
        case UInt8(ascii: "t"): return try word("true", meaning: .bool(true))
        case UInt8(ascii: "f"): return try word("false", meaning: .bool(false))
        case UInt8(ascii: "n"): return try word("null", meaning: .null)
        case UInt8(ascii: "N") where purpose == .value: return try word("NaN", meaning: .null)
        case UInt8(ascii: "I") where purpose == .value: return try word("Infinity", meaning: .null)
        default: throw .syntax("there is no value", at: index)
        }
    }

    private static let usualDepth = 8

    /// The members in most responses, so that the storage seldom grows. They take less than the 1,032 bytes up to which glibc gives
    /// out memory without a lock.
    private static let usualMembers = 24
}

extension JSONParser {
    @inline(__always)
    var isAtEnd: Bool { index >= count }

    /// The next byte, if this isn't the end.
    @inline(__always)
    var next: UInt8 { base.load(fromByteOffset: index, as: UInt8.self) }

    @inline(__always)
    mutating func skipSpace() {
        while !isAtEnd, next <= 0x20, next == 0x20 || next == 0x0A || next == 0x0D || next == 0x09 { index += 1 }
    }

    /// Passes a byte and the space in front of it, if it is there.
    @inline(__always)
    mutating func passes(_ byte: UInt8) -> Bool {
        skipSpace()
        guard !isAtEnd, next == byte else { return false }
        index += 1
        return true
    }

    /// Passes a word, whose first letter has been seen.
    mutating func word(_ word: StaticString, meaning value: JSONValue) throws(JSONFlaw) -> JSONValue {
        let length = word.utf8CodeUnitCount
        let found = UnsafeRawBufferPointer(start: base + index, count: min(length, count - index))
        guard found.elementsEqual(UnsafeRawBufferPointer(start: word.utf8Start, count: length)) else {
            throw .syntax("there is no value", at: index)
        }
        index += length
        return value
    }

    /// Counts values, or what takes a decoder as long.
    mutating func countValues(_ number: Int) throws(JSONFlaw) {
        values += number
        guard values <= limits.values else {
            let kind = purpose == .decoder ? "values and escapes" : "values"
            throw JSONFlaw(reason: "holds more than \(limits.values) \(kind)", offset: index)
        }
    }

    /// Counts a string or number that a decoder can't read. Without effect for another purpose.
    mutating func countUnreadable(at place: Int) throws(JSONFlaw) {
        if purpose == .decoder { try countValues(place / 256) }
    }

    /// Counts the bytes of a string.
    mutating func countText(_ length: Int) throws(JSONFlaw) {
        textLength += length
        guard textLength <= limits.text else {
            throw JSONFlaw(reason: "holds more than \(limits.text) bytes in strings", offset: index)
        }
    }
}
