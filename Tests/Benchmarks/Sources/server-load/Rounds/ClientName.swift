import ArgumentParser

/// The names of the clients on the command line and in the results.
enum ClientName: String, CaseIterable, ExpressibleByArgument, Encodable {
    case libcurl
    case curlTransport = "curl-transport"
    case fetchKitCurl = "fetchkit-curl"
    case fetchKitURLSession = "fetchkit-urlsession"
    case urlSession = "urlsession"
    case node
    case go
}
