package import FetchCore

/// Bytes that can be read from any position, such as those of a file.
package protocol RandomAccessBytes {
    /// The number of bytes.
    var length: UInt64 { get }

    /// Reads bytes from an offset on.
    ///
    /// - Parameters:
    ///   - offset: The position of the first byte.
    ///   - buffer: The memory to fill.
    /// - Returns: The number of bytes that were read. Fewer than the size of the buffer only at the end of the bytes.
    /// - Throws: `FetchError` with the code `fileNotWritten` if they can't be read.
    func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) throws(FetchError) -> Int
}

/// Bytes in memory.
package struct BytesInMemory: RandomAccessBytes {
    private let bytes: [UInt8]

    package init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    package var length: UInt64 { UInt64(bytes.count) }

    package func read(at offset: UInt64, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        guard offset < length else { return 0 }
        let part = bytes[Int(offset)...].prefix(buffer.count)
        buffer.copyBytes(from: part)
        return part.count
    }
}
