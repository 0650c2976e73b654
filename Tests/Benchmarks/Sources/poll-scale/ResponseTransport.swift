import FetchCore
import Foundation
import Synchronization

/// A transport that responds immediately and records the lateness of each request.
final class ResponseTransport: FetchTransport {
    private struct State {
        /// The time of each job's next request, in seconds from the start.
        var due: [Float]
        var rounds: [UInt16]
        /// A histogram of the requests' lateness or earliness in milliseconds.
        var lateness = Array(repeating: 0, count: 10_001)
        var requests = 0
    }

    private let load: PollingLoad
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    private static let pending = FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
    private static let done = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))

    init(_ load: PollingLoad) {
        self.load = load
        state = Mutex(
            State(
                due: (0..<load.jobs).map { Float(load.firstDue($0)) },
                rounds: Array(repeating: 0, count: load.jobs)
            )
        )
    }

    /// The time in seconds from the start.
    var now: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Always true, since `send` takes no time.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse { response(for: Self.job(in: request)) }

    /// Returns the response for a job's next request.
    func response(for job: Int) -> FetchResponse {
        let now = now
        return state.withLock { state in
            state.requests += 1
            let late = Int((now - Double(state.due[job])) * 1_000)
            state.lateness[min(abs(late), 10_000)] += 1
            state.due[job] = Float(now + load.gap)
            state.rounds[job] += 1
            return state.rounds[job] == load.rounds ? Self.done : Self.pending
        }
    }

    private static func job(in request: FetchRequest) -> Int {
        request.url.absoluteString.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
            .reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    var requests: Int { state.withLock(\.requests) }

    /// Returns a quantile of the absolute lateness in milliseconds.
    func lateness(quantile: Double) -> Double {
        state.withLock { state in
            var rest = Int(Double(state.requests) * quantile)
            for (milliseconds, count) in state.lateness.enumerated() {
                rest -= count
                if rest < 0 { return Double(milliseconds) }
            }
            return .nan
        }
    }
}
