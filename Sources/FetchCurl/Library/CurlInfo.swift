/// The `CURLINFO_…` numbers of libcurl's `curl.h` that the transport reads from an easy handle.
enum CurlInfo {
    static let responseCode: Int32 = 0x200000 + 2
    static let certificateVerifyResult: Int32 = 0x200000 + 13
    static let privatePointer: Int32 = 0x100000 + 21
    static let proxyConnectCode: Int32 = 0x200000 + 22
    static let proxyCertificateVerifyResult: Int32 = 0x200000 + 47
    static let newConnections: Int32 = 0x200000 + 26
}
