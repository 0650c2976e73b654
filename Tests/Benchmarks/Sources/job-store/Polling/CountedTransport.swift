import FetchCore
import Foundation
import Synchronization

/// A transport in memory that responds at once: each job is pending for a number of requests, and then done.
final class CountedTransport: FetchTransport {
    private struct State {
        var requests = 0
        var counts: [UInt8]
    }

    private let first: Int
    private let requestsOfJob: Int
    private let state: Mutex<State>

    /// - Parameters:
    ///   - jobs: The number of jobs.
    ///   - first: The id of the first job.
    ///   - requestsOfJob: The number of the request that finds a job done, at most 255. `nil` if none does.
    init(jobs: Int, first: Int, requestsOfJob: Int?) {
        self.first = first
        self.requestsOfJob = requestsOfJob ?? .max
        state = Mutex(State(counts: Array(repeating: 0, count: requestsOfJob == nil ? 0 : jobs)))
    }

    var requests: Int { state.withLock(\.requests) }

    /// Always true, since `send` takes no time.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let job = (Int(request.url.lastPathComponent) ?? first) - first
        let isDone = state.withLock { state in
            state.requests += 1
            guard state.counts.indices.contains(job) else { return false }
            state.counts[job] += 1
            return state.counts[job] >= requestsOfJob
        }
        let body =
            isDone
            ? #"{"status":"success","id":\#(first + job),"output":["https://files.example.com/\#(first + job).mp4"]}"#
            : #"{"status":"processing","id":\#(first + job),"message":"Try Again","output":[]}"#
        return FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }
}

/// A schedule with a constant interval after a first request at a random time within the interval.
struct SpreadSchedule: PollingSchedule {
    let interval: Duration

    func gap(at moment: PollingMoment) -> Duration {
        moment.requests == 0 ? interval * Double.random(in: 0...1) : interval
    }
}
