import FetchCore
import Foundation
import Synchronization

/// A transport that returns the responses of one input, repeats the last one, and records all requests.
final class ScriptedResponses: FetchTransport {
    /// An error that isn't a `FetchError`.
    struct Lost: Error, CustomStringConvertible {
        let description: String
    }

    private let responses: [FuzzedResponse]
    private let now: @Sendable () -> Duration
    private let recorded = Mutex<[(request: FetchRequest, at: Duration)]>([])

    init(_ responses: [FuzzedResponse], now: @escaping @Sendable () -> Duration = { .zero }) {
        self.responses = responses
        self.now = now
    }

    /// All requests with their times.
    var requests: [(request: FetchRequest, at: Duration)] { recorded.withLock { $0 } }

    /// Always true, since `send` takes no time.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let number = recorded.withLock { recorded in
            recorded.append((request, now()))
            return recorded.count
        }
        switch responses[min(number, responses.count) - 1] {
        case .response(let response): return response
        case .lost(let words): throw Lost(description: words)
        case .failed(let words): throw FetchError(.untrustedServer, words, remedy: words, retryAfter: .seconds(3))
        }
    }
}
