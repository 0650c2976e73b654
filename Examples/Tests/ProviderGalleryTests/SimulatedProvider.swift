import FetchCore
import Foundation
import Synchronization

/// A provider that speaks one dialect: it answers the requests that its fixtures show, and refuses all others.
///
/// The job is pending for each of the pending answers, and then ends with one of the others.
final class SimulatedProvider: FetchTransport {
    private let dialect: Dialect
    private let end: Dialect.Answer
    private let isBehindSocket: Bool
    private let pending: Mutex<ArraySlice<Dialect.Answer>>

    /// Creates a provider; one behind a socket has the socket's host, and not its own.
    init(_ dialect: Dialect, pending: [Dialect.Answer], end: Dialect.Answer, isBehindSocket: Bool = false) {
        self.dialect = dialect
        self.end = end
        self.isBehindSocket = isBehindSocket
        self.pending = Mutex(pending[...])
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        guard let step = dialect.requests.firstIndex(where: { $0.isAsked(by: request, atAnyHost: isBehindSocket) })
        else {
            let words =
                "This server is asked as follows, and not by \(request.method) \(request.url): \(dialect.requests)"
            return FetchResponse(status: 400, body: Data(words.utf8))
        }
        if step == 0, let answer = pending.withLock({ $0.popFirst() }) { return answer.responses[0] }
        return end.responses.indices.contains(step) ? end.responses[step] : FetchResponse(status: 404)
    }
}

extension HTTPText {
    /// Whether a request has this method, URL and body, and all of these header fields. Where a socket stands in for the
    /// provider, only the URL's path and query tell.
    func isAsked(by request: FetchRequest, atAnyHost: Bool = false) -> Bool {
        let words = firstLine.split(separator: " ").map(String.init)
        guard words.count == 2, let url = URL(string: words[1]) else { return false }
        return request.method.description == words[0]
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
