/// The functions of libcrypto for keys, certificates and memory buffers (BIOs).
enum CryptoFunctions {
    typealias Object = OpenSSL.Object
    typealias Name = UnsafePointer<CChar>

    // MARK: Keys

    static let keyContextMake: @Sendable @convention(c) (Int32, Object?) -> Object? = find("EVP_PKEY_CTX_new_id")
    static let keyContextFree: OpenSSL.Free = find("EVP_PKEY_CTX_free")
    static let keyContextSet: @Sendable @convention(c) (Object?, Name, Name) -> Int32 = find("EVP_PKEY_CTX_ctrl_str")
    static let keyGenerationStart: OpenSSL.Step = find("EVP_PKEY_keygen_init")
    static let keyGenerate: @Sendable @convention(c) (Object?, UnsafeMutablePointer<Object?>) -> Int32 =
        find("EVP_PKEY_keygen")
    static let keyFree: OpenSSL.Free = find("EVP_PKEY_free")
    static let keyEncode: OpenSSL.Encode = find("i2d_PrivateKey")

    // MARK: Certificates

    static let certificateMake: OpenSSL.Make = find("X509_new")
    static let certificateFree: OpenSSL.Free = find("X509_free")
    static let certificateSetVersion: @Sendable @convention(c) (Object?, Int) -> Int32 = find("X509_set_version")
    static let certificateSerial: OpenSSL.Part = find("X509_get_serialNumber")
    static let integerSet: @Sendable @convention(c) (Object?, Int) -> Int32 = find("ASN1_INTEGER_set")
    static let certificateNotBefore: OpenSSL.Part = find("X509_getm_notBefore")
    static let certificateNotAfter: OpenSSL.Part = find("X509_getm_notAfter")
    static let timeSetFromNow: @Sendable @convention(c) (Object?, Int) -> Object? = find("X509_gmtime_adj")
    static let certificateSetKey: OpenSSL.Assign = find("X509_set_pubkey")
    static let certificateSubject: OpenSSL.Part = find("X509_get_subject_name")
    static let certificateSetIssuer: OpenSSL.Assign = find("X509_set_issuer_name")
    static let nameAdd: @Sendable @convention(c) (Object?, Name, Int32, Name, Int32, Int32, Int32) -> Int32 =
        find("X509_NAME_add_entry_by_txt")
    static let extensionMake: @Sendable @convention(c) (Object?, Object?, Int32, Name) -> Object? =
        find("X509V3_EXT_conf_nid")
    static let extensionFree: OpenSSL.Free = find("X509_EXTENSION_free")
    static let certificateAdd: @Sendable @convention(c) (Object?, Object?, Int32) -> Int32 = find("X509_add_ext")
    static let sha256: OpenSSL.Make = find("EVP_sha256")
    static let certificateSign: @Sendable @convention(c) (Object?, Object?, Object?) -> Int32 = find("X509_sign")
    static let certificateEncode: OpenSSL.Encode = find("i2d_X509")
    static let certificateDecode: OpenSSL.Decode = find("d2i_X509")
    static let keyDecode: OpenSSL.Decode = find("d2i_AutoPrivateKey")

    // MARK: Memory buffers

    static let memory: OpenSSL.Make = find("BIO_s_mem")
    static let bufferMake: OpenSSL.Part = find("BIO_new")
    static let bufferWrite: @Sendable @convention(c) (Object?, UnsafeRawPointer?, Int32) -> Int32 = find("BIO_write")
    static let bufferRead: @Sendable @convention(c) (Object?, UnsafeMutableRawPointer?, Int32) -> Int32 = find(
        "BIO_read"
    )

    private static func find<Function>(_ name: String) -> Function { OpenSSL.function(name, of: OpenSSL.crypto) }
}
