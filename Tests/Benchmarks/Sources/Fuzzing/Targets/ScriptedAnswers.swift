import FetchCore
import Foundation
import Synchronization

/// A transport that gives the answers of one input, the last of them for ever, and keeps what it was asked.
final class ScriptedAnswers: FetchTransport {
    /// An error as transports have them, which is no error of FetchKit's.
    struct Lost: Error, CustomStringConvertible {
        let description: String
    }

    private let answers: [FuzzedAnswer]
    private let now: @Sendable () -> Duration
    private let asked = Mutex<[(request: FetchRequest, at: Duration)]>([])

    init(_ answers: [FuzzedAnswer], now: @escaping @Sendable () -> Duration = { .zero }) {
        self.answers = answers
        self.now = now
    }

    /// All requests, and when they were made.
    var requests: [(request: FetchRequest, at: Duration)] { asked.withLock { $0 } }

    /// Nothing takes time here, so no request needs a task that watches over it.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let number = asked.withLock { asked in
            asked.append((request, now()))
            return asked.count
        }
        switch answers[min(number, answers.count) - 1] {
        case .response(let response): return response
        case .lost(let words): throw Lost(description: words)
        case .failed(let words): throw FetchError(.untrustedServer, words, remedy: words, retryAfter: .seconds(3))
        }
    }
}
