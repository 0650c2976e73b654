/// The options of an easy handle that are set, by the numbers of libcurl's `curl.h`, which never change.
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
    static let noBody: Int32 = 44
    static let post: Int32 = 47
    static let httpGet: Int32 = 80
    static let httpVersion: Int32 = 84
    static let nameCacheTimeout: Int32 = 92
    static let noSignal: Int32 = 99
    static let connectTimeoutMilliseconds: Int32 = 156
    static let protocols: Int32 = 181
    static let pathAsIs: Int32 = 234
    static let waitForMultiplexing: Int32 = 237
    static let proxySSLVersion: Int32 = 250
    static let suppressConnectHeaders: Int32 = 265
    static let disallowUserName: Int32 = 278
    static let maximumConnectionLifetime: Int32 = 314

    static let maximumFileSize: Int32 = 30_117
    static let postFieldSize: Int32 = 30_120
}

/// The options of a multi handle that are set.
enum CurlMultiOption {
    static let socketFunction: Int32 = 20_001
    static let socketContext: Int32 = 10_002
    static let timerFunction: Int32 = 20_004
    static let timerContext: Int32 = 10_005
    static let maximumKeptConnections: Int32 = 6
    static let maximumHostConnections: Int32 = 7
}

/// The facts that are read from an easy handle.
enum CurlInfo {
    static let responseCode: Int32 = 0x200000 + 2
    static let certificateVerdict: Int32 = 0x200000 + 13
    static let privatePointer: Int32 = 0x100000 + 21
    static let proxyConnectCode: Int32 = 0x200000 + 22
    static let proxyCertificateVerdict: Int32 = 0x200000 + 47
    static let newConnections: Int32 = 0x200000 + 26
}

/// The values of options and callbacks.
enum CurlValue {
    static let http1: Int = 2
    static let http2OverTLS: Int = 4
    static let tls12OrLater: Int = 6
    static let httpAndHTTPS: Int = 3

    static let pollIn: Int32 = 1
    static let pollOut: Int32 = 2
    static let pollRemove: Int32 = 4

    static let selectIn: Int32 = 1
    static let selectOut: Int32 = 2
    static let selectError: Int32 = 4

    /// The descriptor that stands for "time has passed", and for no socket.
    static let noSocket: Int32 = -1
}
