import FetchCore
import Foundation
import Synchronization

/// A transport whose polls go to a provider that echoes the key, and whose files have the key in each part of their
/// responses.
final class EchoingFiles: StreamingTransport {
    private let provider: EchoingProvider
    private let key: String
    private let state = Mutex((status: 200, requests: [FetchRequest]()))

    init(provider: EchoingProvider, key: String) {
        self.provider = provider
        self.key = key
    }

    /// The status of files.
    var status: Int {
        get { state.withLock { $0.status } }
        set { state.withLock { $0.status = newValue } }
    }

    /// The requests for files, none of which is on the provider's own servers.
    var requests: [FetchRequest] { state.withLock { $0.requests } }

    func send(_ request: FetchRequest) async throws -> FetchResponse { try await provider.send(request) }

    func stream(_ request: FetchRequest) async throws -> StreamedResponse {
        state.withLock { $0.requests.append(request) }
        let body = "<?xml version=\"1.0\"?><Error><Code>\(key)</Code><Message>\(key) has expired</Message></Error>"
        let headers: HeaderFields = [
            "X-Echo": key, "ETag": "\"\(key)\"", "Content-Disposition": "attachment; filename=\"\(key)\"",
            "Content-Type": "text/plain; name=\(key)",
        ]
        return StreamedResponse(status: status, headers: headers, body: StreamedResponse.Body(Data(body.utf8)))
    }
}
