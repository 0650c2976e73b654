/// The `CURLOPT_…` numbers of libcurl's `curl.h` that the transport uses. The numbers are part of libcurl's ABI.
enum CurlOption {
    static let writeContext: Int32 = 10_001
    static let url: Int32 = 10_002
    static let proxy: Int32 = 10_004
    static let errorBuffer: Int32 = 10_010
    static let postFields: Int32 = 10_015
    static let httpHeader: Int32 = 10_023
    static let headerContext: Int32 = 10_029
    static let customRequest: Int32 = 10_036
    static let certificateAuthorityFile: Int32 = 10_065
    static let acceptEncoding: Int32 = 10_102
    static let privatePointer: Int32 = 10_103
    static let openSocketContext: Int32 = 10_164
    static let noProxy: Int32 = 10_177
    static let resolve: Int32 = 10_203
    static let closeSocketContext: Int32 = 10_209
    static let proxyCertificateAuthorityFile: Int32 = 10_246

    static let writeFunction: Int32 = 20_011
    static let headerFunction: Int32 = 20_079
    static let openSocketFunction: Int32 = 20_163
    static let closeSocketFunction: Int32 = 20_208

    static let sslVersion: Int32 = 32
    static let headOnly: Int32 = 44
    static let post: Int32 = 47
    static let httpGet: Int32 = 80
    static let httpVersion: Int32 = 84
    static let nameCacheTimeout: Int32 = 92
    static let bufferSize: Int32 = 98
    static let noSignal: Int32 = 99
    static let connectTimeoutMilliseconds: Int32 = 156
    static let protocols: Int32 = 181
    static let pathAsIs: Int32 = 234
    static let waitForMultiplexing: Int32 = 237
    static let proxySSLVersion: Int32 = 250
    static let suppressConnectHeaders: Int32 = 265
    static let disallowUserName: Int32 = 278

    static let maximumFileSize: Int32 = 30_117
    static let postFieldSize: Int32 = 30_120
}
