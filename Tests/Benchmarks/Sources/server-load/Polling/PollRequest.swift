import Foundation

/// The request of all clients: `POST` to a job's URL, with the key in a JSON body.
struct PollRequest: Sendable {
    /// A key with a realistic length.
    static let key = "sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e"
    static let body = #"{"key":"\#(key)"}"#

    /// The server's URL without a path.
    let server: URL
    private let prefix: String

    init(to server: URL) {
        self.server = server
        prefix = server.appending(path: "api/v6/video/fetch/").absoluteString
    }

    func url(of job: Int64) -> String { "\(prefix)\(job)" }
}
