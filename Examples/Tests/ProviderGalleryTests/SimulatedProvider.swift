import FetchCore
import Foundation
import Synchronization

/// A simulated provider that responds to the requests of its fixtures and rejects all others.
///
/// The job returns each of the pending responses once, and then the final exchange.
final class SimulatedProvider: FetchTransport {
    private let fixtures: ProviderFixtures
    private let end: ProviderFixtures.Exchange
    private let isBehindSocket: Bool
    private let pending: Mutex<ArraySlice<ProviderFixtures.Exchange>>

    /// Creates a simulated provider. Behind a socket, a request has the host of the socket instead of the provider's.
    init(
        _ fixtures: ProviderFixtures,
        pending: [ProviderFixtures.Exchange],
        end: ProviderFixtures.Exchange,
        isBehindSocket: Bool = false
    ) {
        self.fixtures = fixtures
        self.end = end
        self.isBehindSocket = isBehindSocket
        self.pending = Mutex(pending[...])
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        guard let step = fixtures.requests.firstIndex(where: { $0.matches(request, atAnyHost: isBehindSocket) })
        else {
            let message = "\(request.method) \(request.url) is none of the expected requests: \(fixtures.requests)"
            return FetchResponse(status: 400, body: Data(message.utf8))
        }
        if step == 0, let exchange = pending.withLock({ $0.popFirst() }) { return exchange.responses[0] }
        return end.responses.indices.contains(step) ? end.responses[step] : FetchResponse(status: 404)
    }
}

extension HTTPMessage {
    /// Returns true if a request has this method, URL and body, and all of these header fields. With `atAnyHost`, only
    /// the path and query of the URL are compared.
    func matches(_ request: FetchRequest, atAnyHost: Bool = false) -> Bool {
        let parts = firstLine.split(separator: " ").map(String.init)
        guard parts.count == 2, let url = URL(string: parts[1]) else { return false }
        return request.method.description == parts[0]
            && (atAnyHost || request.url.absoluteString == url.absoluteString)
            && request.url.path(percentEncoded: true) == url.path(percentEncoded: true)
            && request.url.query(percentEncoded: true) == url.query(percentEncoded: true)
            && headers.fields.allSatisfy { request.headers[$0.name] == $0.value }
            && JSONValue.reading(body) == request.body.flatMap(JSONValue.reading)
    }
}

extension JSONValue {
    fileprivate static func reading(_ body: Data) -> JSONValue? {
        body.isEmpty ? nil : try? JSONDecoder().decode(JSONValue.self, from: body)
    }
}
