#if canImport(CryptoKit)
    import CryptoKit

    /// A calculation of SHA-256, SHA-512 or MD5 with CryptoKit.
    final class CryptographicDigest {
        private var function: any HashFunction

        init?(_ algorithm: DigestAlgorithm) {
            switch algorithm {
            case .sha256: function = SHA256()
            case .sha512: function = SHA512()
            case .md5: function = Insecure.MD5()
            case .crc32c: return nil
            }
        }

        func update(_ bytes: UnsafeRawBufferPointer) { function.update(bufferPointer: bytes) }

        func finish() -> [UInt8] { Self.bytes(of: function) }

        private static func bytes(of function: some HashFunction) -> [UInt8] { Array(function.finalize()) }
    }
#else
    /// A calculation of SHA-256, SHA-512 or MD5 with libcrypto.
    final class CryptographicDigest {
        private let functions: CryptoFunctions
        private let context: UnsafeMutableRawPointer
        private let length: Int

        /// Begins a calculation; `nil` if libcrypto can't be loaded, or has the algorithm disabled.
        init?(_ algorithm: DigestAlgorithm) {
            guard let functions = CryptoFunctions.system,
                let type = functions.type(of: algorithm),
                let context = functions.newContext()
            else { return nil }
            self.functions = functions
            self.context = context
            length = algorithm.length
            guard functions.begin(context, type, nil) == 1 else { return nil }
        }

        deinit { functions.freeContext(context) }

        func update(_ bytes: UnsafeRawBufferPointer) {
            guard let start = bytes.baseAddress else { return }
            _ = functions.update(context, start, bytes.count)
        }

        func finish() -> [UInt8] {
            // The library writes at most 64 bytes (EVP_MAX_MD_SIZE).
            var digest = [UInt8](repeating: 0, count: 64)
            let result = digest.withUnsafeMutableBytes { functions.finish(context, $0.baseAddress, nil) }
            // An empty digest equals no other one.
            return result == 1 ? Array(digest.prefix(length)) : []
        }
    }
#endif
