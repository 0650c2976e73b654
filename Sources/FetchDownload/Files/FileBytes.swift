import FetchCore

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The bytes of an open file, which are read without moving its position.
struct FileBytes: RandomAccessBytes {
    let descriptor: Int32
    let length: UInt64
    /// The name and the folder, for messages.
    let name, folder: String

    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FetchError) -> Int {
        guard offset < length, let base = buffer.baseAddress else { return 0 }
        let limit = Int(min(UInt64(buffer.count), length - offset))
        var count = 0
        while count < limit {
            let (start, position) = (base + count, off_t(offset) + off_t(count))
            let result = SystemCalls.repeating { pread(descriptor, start, limit - count, position) }
            guard result >= 0 else { throw .file(errno, "read", name, in: folder) }
            if result == 0 { break }
            count += result
        }
        return count
    }
}

extension RandomAccessBytes {
    /// Returns all bytes. There must be few.
    func all() throws(FetchError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: Int(length))
        let count = try bytes.fill(from: self, at: 0)
        return Array(bytes.prefix(count))
    }

    /// Returns true if other bytes are the same. Reads 64 KiB of both at a time.
    func equals(_ other: some RandomAccessBytes) throws(FetchError) -> Bool {
        guard length == other.length else { return false }
        var (one, another) = ([UInt8](repeating: 0, count: 64 << 10), [UInt8](repeating: 0, count: 64 << 10))
        var offset: UInt64 = 0
        while offset < length {
            let count = try one.fill(from: self, at: offset)
            guard try another.fill(from: other, at: offset) == count, count > 0, one[..<count] == another[..<count]
            else {
                return false
            }
            offset += UInt64(count)
        }
        return true
    }
}

extension [UInt8] {
    /// Reads as many bytes as the array has elements, and returns their number.
    mutating func fill(from source: some RandomAccessBytes, at offset: UInt64) throws(FetchError) -> Int {
        let result = withUnsafeMutableBytes { buffer in
            Result { () throws(FetchError) in try source.read(at: offset, into: buffer) }
        }
        return try result.get()
    }
}
