/// An incremental calculation of one digest, with the functions of the system's library.
///
/// On Apple platforms this is CryptoKit. Elsewhere it is libcrypto, which is loaded at run time. CRC32C is calculated
/// here, since neither library has it. A calculation isn't thread-safe.
package final class DigestCalculation {
    private enum Engine {
        case library(CryptographicDigest)
        case checksum(CRC32C)
    }

    package let algorithm: DigestAlgorithm
    private var engine: Engine

    /// Begins a calculation. `nil` if the system has no library for the algorithm: a digest that is stated can't be
    /// verified then.
    package init?(_ algorithm: DigestAlgorithm) {
        self.algorithm = algorithm
        if algorithm == .crc32c {
            engine = .checksum(CRC32C())
        } else if let digest = CryptographicDigest(algorithm) {
            engine = .library(digest)
        } else {
            return nil
        }
    }

    /// Adds bytes to those that are digested.
    package func update(_ bytes: UnsafeRawBufferPointer) {
        switch engine {
        case .library(let digest): digest.update(bytes)
        case .checksum(var checksum):
            checksum.update(bytes)
            engine = .checksum(checksum)
        }
    }

    /// Returns the digest of all bytes. No further bytes can be added.
    package func finish() -> [UInt8] {
        switch engine {
        case .library(let digest): digest.finish()
        case .checksum(let checksum): (0..<4).map { UInt8(truncatingIfNeeded: checksum.value >> (24 - 8 * $0)) }
        }
    }
}
