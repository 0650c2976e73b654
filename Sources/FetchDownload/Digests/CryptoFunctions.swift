#if !canImport(CryptoKit)
    package import SystemLibrary

    /// The functions for digests of libcrypto 1.1 and 3
    /// ([EVP_DigestInit](https://docs.openssl.org/3.0/man3/EVP_DigestInit/)).
    package struct CryptoFunctions: Sendable {
        private typealias Algorithm = @convention(c) () -> UnsafeRawPointer?
        typealias New = @convention(c) () -> UnsafeMutableRawPointer?
        typealias Free = @convention(c) (UnsafeMutableRawPointer?) -> Void
        typealias Begin =
            @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int32
        typealias Update = @convention(c) (UnsafeMutableRawPointer?, UnsafeRawPointer?, Int) -> Int32
        typealias Finish =
            @convention(c) (UnsafeMutableRawPointer?, UnsafeMutableRawPointer?, UnsafeMutablePointer<UInt32>?) -> Int32

        /// The system's library, loaded on first use. `nil` if it has none.
        static let system = try? CryptoFunctions(names: ["libcrypto.so.3", "libcrypto.so.1.1"])

        private let sha256, sha512, md5: Algorithm
        let newContext: New
        let freeContext: Free
        let begin: Begin
        let update: Update
        let finish: Finish

        /// Loads the library.
        ///
        /// - Parameter names: The file names to try, in order.
        /// - Throws: `SystemLibraryError` if none of them can be loaded, or if a function is missing.
        package init(names: [String]) throws(SystemLibraryError) {
            let library = try SystemLibrary(names)
            sha256 = try library.symbol("EVP_sha256", as: Algorithm.self)
            sha512 = try library.symbol("EVP_sha512", as: Algorithm.self)
            md5 = try library.symbol("EVP_md5", as: Algorithm.self)
            newContext = try library.symbol("EVP_MD_CTX_new", as: New.self)
            freeContext = try library.symbol("EVP_MD_CTX_free", as: Free.self)
            begin = try library.symbol("EVP_DigestInit_ex", as: Begin.self)
            update = try library.symbol("EVP_DigestUpdate", as: Update.self)
            finish = try library.symbol("EVP_DigestFinal_ex", as: Finish.self)
        }

        func type(of algorithm: DigestAlgorithm) -> UnsafeRawPointer? {
            switch algorithm {
            case .sha256: sha256()
            case .sha512: sha512()
            case .md5: md5()
            case .crc32c: nil
            }
        }
    }
#endif
