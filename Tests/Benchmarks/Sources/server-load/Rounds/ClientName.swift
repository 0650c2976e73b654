import ArgumentParser

/// The clients that can be measured.
enum ClientName: String, CaseIterable, ExpressibleByArgument, Encodable {
    case libcurl
    case curlTransport = "curl-transport"
    case fetchKitCurl = "fetchkit-curl"
    case fetchKitURLSession = "fetchkit-urlsession"
    case urlSession = "urlsession"
    case node
    case go
}
