/// The `CURLMOPT_…` numbers of libcurl's `multi.h` that the transport uses.
enum CurlMultiOption {
    static let socketFunction: Int32 = 20_001
    static let socketContext: Int32 = 10_002
    static let timerFunction: Int32 = 20_004
    static let timerContext: Int32 = 10_005
    static let maximumKeptConnections: Int32 = 6
    static let maximumHostConnections: Int32 = 7
}
