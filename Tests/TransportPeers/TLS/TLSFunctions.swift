/// The functions of libssl for a TLS server.
enum TLSFunctions {
    /// `EVP_PKEY_EC`, the key type for elliptic curves.
    static let ellipticKey: Int32 = 408

    typealias Object = OpenSSL.Object
    typealias Bytes = UnsafePointer<UInt8>
    /// A callback that selects one of the client's protocols: OpenSSL's `SSL_CTX_alpn_select_cb_func`.
    typealias ProtocolChoice =
        @convention(c) (
            Object?, UnsafeMutablePointer<Bytes?>?, UnsafeMutablePointer<UInt8>?, Bytes?, UInt32,
            UnsafeMutableRawPointer?
        ) -> Int32

    static let serverMethod: OpenSSL.Make = find("TLS_server_method")
    static let contextMake: OpenSSL.Part = find("SSL_CTX_new")
    static let contextFree: OpenSSL.Free = find("SSL_CTX_free")
    static let contextControl: @Sendable @convention(c) (Object?, Int32, Int, UnsafeMutableRawPointer?) -> Int =
        find("SSL_CTX_ctrl")
    static let contextSetCiphers: @Sendable @convention(c) (Object?, UnsafePointer<CChar>) -> Int32 =
        find("SSL_CTX_set_cipher_list")
    static let contextSetCertificate: @Sendable @convention(c) (Object?, Int32, Bytes?) -> Int32 =
        find("SSL_CTX_use_certificate_ASN1")
    static let contextSetKey: @Sendable @convention(c) (Int32, Object?, Bytes?, Int) -> Int32 =
        find("SSL_CTX_use_PrivateKey_ASN1")
    static let contextSetVerification: @Sendable @convention(c) (Object?, Int32, Object?) -> Void =
        find("SSL_CTX_set_verify")
    static let contextSetProtocolChoice:
        @Sendable @convention(c) (Object?, ProtocolChoice?, UnsafeMutableRawPointer?) -> Void =
            find("SSL_CTX_set_alpn_select_cb")

    static let make: OpenSSL.Part = find("SSL_new")
    static let free: OpenSSL.Free = find("SSL_free")
    /// Transfers ownership of both buffers to the connection.
    static let setBuffers: @Sendable @convention(c) (Object?, Object?, Object?) -> Void = find("SSL_set_bio")
    static let accept: OpenSSL.Step = find("SSL_accept")
    static let read: @Sendable @convention(c) (Object?, UnsafeMutableRawPointer?, Int32) -> Int32 = find("SSL_read")
    static let write: @Sendable @convention(c) (Object?, UnsafeRawPointer?, Int32) -> Int32 = find("SSL_write")
    static let shutdown: OpenSSL.Step = find("SSL_shutdown")
    static let error: @Sendable @convention(c) (Object?, Int32) -> Int32 = find("SSL_get_error")
    static let chosenProtocol:
        @Sendable @convention(c) (Object?, UnsafeMutablePointer<Bytes?>, UnsafeMutablePointer<UInt32>) -> Void =
            find("SSL_get0_alpn_selected")

    private static func find<Function>(_ name: String) -> Function { OpenSSL.function(name, of: OpenSSL.ssl) }
}
