import Foundation

/// The request that each client makes: `POST` to the URL of a job, with the key in a JSON body.
struct PollRequest: Sendable {
    /// As long as a real key.
    static let key = "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e"
    static let body = #"{"key":"\#(key)"}"#

    /// Scheme, host and port.
    let server: URL
    private let prefix: String

    init(to server: URL) {
        self.server = server
        prefix = server.appending(path: "api/v6/video/fetch/").absoluteString
    }

    func url(of job: Int64) -> String { "\(prefix)\(job)" }
}
