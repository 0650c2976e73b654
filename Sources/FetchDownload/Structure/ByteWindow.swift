import FetchCore

/// A reader of integers at any offset, which reads 64 KiB at a time.
///
/// Its functions return `nil` for what isn't entirely within the bytes.
struct ByteWindow<Source: RandomAccessBytes> {
    private static var size: Int { 64 << 10 }

    let length: UInt64
    private let source: Source
    private var buffer: [UInt8] = []
    private var start: UInt64 = 0

    init(_ source: Source) {
        self.source = source
        length = source.length
    }

    /// Returns the byte at an offset.
    mutating func byte(at offset: UInt64) throws(FetchError) -> UInt8? {
        if offset >= start, offset - start < UInt64(buffer.count) { return buffer[Int(offset - start)] }
        try load(offset)
        return buffer.first
    }

    /// Returns an unsigned integer with the most significant byte first, of at most eight bytes.
    mutating func bigEndian(at offset: UInt64, bytes: UInt64) throws(FetchError) -> UInt64? {
        guard end(of: bytes, at: offset) != nil else { return nil }
        var value: UInt64 = 0
        for index in 0..<bytes {
            guard let byte = try byte(at: offset + index) else { return nil }
            value = value << 8 | UInt64(byte)
        }
        return value
    }

    /// Returns an unsigned integer with the least significant byte first, of at most eight bytes.
    mutating func littleEndian(at offset: UInt64, bytes: UInt64) throws(FetchError) -> UInt64? {
        guard let value = try bigEndian(at: offset, bytes: bytes) else { return nil }
        return value.byteSwapped >> (64 - 8 * bytes)
    }

    /// Returns true if the bytes at an offset are these.
    mutating func contains(_ bytes: some Sequence<UInt8>, at offset: UInt64) throws(FetchError) -> Bool {
        var offset = offset
        for expected in bytes {
            guard try byte(at: offset) == expected else { return false }
            offset += 1
        }
        return true
    }

    /// Returns the offset of the first byte from an offset on that has a value.
    mutating func firstOffset(of value: UInt8, from offset: UInt64) throws(FetchError) -> UInt64? {
        var offset = offset
        while try byte(at: offset) != nil {
            let window = buffer[Int(offset - start)...]
            if let index = window.firstIndex(of: value) { return start + UInt64(index) }
            offset = start + UInt64(buffer.count)
        }
        return nil
    }

    /// Returns the end of a range of bytes, or `nil` if it is behind the last byte.
    func end(of count: UInt64, at offset: UInt64) -> UInt64? {
        let (end, hasOverflowed) = offset.addingReportingOverflow(count)
        return hasOverflowed || end > length ? nil : end
    }

    private mutating func load(_ offset: UInt64) throws(FetchError) {
        start = offset
        guard offset < length else {
            buffer = []
            return
        }
        var bytes = [UInt8](repeating: 0, count: Int(min(length - offset, UInt64(Self.size))))
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(FetchError) in try source.read(at: offset, into: buffer) }
        }
        bytes.removeLast(bytes.count - (try result.get()))
        buffer = bytes
    }
}
