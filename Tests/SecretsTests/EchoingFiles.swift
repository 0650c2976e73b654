import FetchCore
import Foundation
import Synchronization

/// A transport whose polls go to a provider that echoes the key, and whose files have the key in each part of their
/// responses.
final class EchoingFiles: StreamingTransport {
    private let provider: any FetchTransport
    private let key: String
    private let body: String
    private let state = Mutex((status: 200, requests: [FetchRequest]()))

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - provider: Receives the polls.
    ///   - key: The key.
    ///   - body: The content of each file. Defaults to `nil`: an error document with the key.
    init(provider: any FetchTransport, key: String, body: String? = nil) {
        self.provider = provider
        self.key = key
        self.body =
            body ?? "<?xml version=\"1.0\"?><Error><Code>\(key)</Code><Message>\(key) has expired</Message></Error>"
    }

    /// True, so that no name is resolved.
    let enforcesAddressPolicy = true

    /// The status of files.
    var status: Int {
        get { state.withLock { $0.status } }
        set { state.withLock { $0.status = newValue } }
    }

    /// The requests for files.
    var requests: [FetchRequest] { state.withLock { $0.requests } }

    func send(_ request: FetchRequest) async throws -> FetchResponse { try await provider.send(request) }

    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        state.withLock { $0.requests.append(request) }
        let headers: HeaderFields = [
            "X-Echo": key, "ETag": "\"\(key)\"", "Content-Disposition": "attachment; filename=\"\(key)\"",
            "Content-Type": "text/plain; name=\(key)",
        ]
        return StreamedResponse(status: status, headers: headers, body: StreamedResponse.Body(Data(body.utf8)))
    }
}
