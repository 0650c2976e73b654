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
