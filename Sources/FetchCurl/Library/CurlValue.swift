/// Constants of libcurl's `curl.h` and `multi.h` for options and callbacks.
enum CurlValue {
    static let http1: Int = 2
    static let http2OverTLS: Int = 4
    static let tls12OrLater: Int = 6
    static let httpAndHTTPS: Int = 3

    /// `CURL_WRITEFUNC_PAUSE`, by which a callback refuses bytes until the transfer is continued.
    static let pauseWriting = 0x1000_0001
    /// `CURLPAUSE_CONT`.
    static let pauseNothing: Int32 = 0

    static let pollIn: Int32 = 1
    static let pollOut: Int32 = 2
    static let pollRemove: Int32 = 4

    static let selectIn: Int32 = 1
    static let selectOut: Int32 = 2
    static let selectError: Int32 = 4

    /// `CURL_SOCKET_TIMEOUT`, which reports a timer instead of a socket.
    static let noSocket: Int32 = -1
}
