package import FetchCore

extension RandomAccessBytes {
    /// Adds all bytes to calculations of digests, 256 KiB at a time.
    ///
    /// - Parameter calculations: The calculations, which have got no bytes yet.
    /// - Throws: The error of reading. The calculations are of no use then.
    package func update(_ calculations: [DigestCalculation]) throws(FetchError) {
        guard !calculations.isEmpty else { return }
        var buffer = [UInt8](repeating: 0, count: 256 << 10)
        var offset: UInt64 = 0
        while offset < length {
            let count = try buffer.fill(from: self, at: offset)
            guard count > 0 else { return }
            buffer.withUnsafeBytes { bytes in
                for calculation in calculations {
                    calculation.update(UnsafeRawBufferPointer(rebasing: bytes[..<count]))
                }
            }
            offset += UInt64(count)
        }
    }
}
