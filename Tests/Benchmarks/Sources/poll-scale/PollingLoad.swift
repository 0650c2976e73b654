import FetchCore
import Foundation
import Synchronization

/// A number of jobs that are polled at a total rate which doesn't depend on their number.
struct PollingLoad: Sendable, Codable {
    var jobs: Int
    /// The number of requests per second for all jobs together.
    var rate: Double
    /// The number of requests for each job. The last response reports the job as done.
    var rounds: Int

    /// Creates a load with about 200,000 requests, at least two per job.
    init(jobs: Int, rate: Double) {
        self.jobs = jobs
        self.rate = rate
        rounds = max(200_000 / jobs, 2)
    }

    /// The interval between two requests for a job, in seconds.
    var gap: Double { Double(jobs) / rate }

    /// Returns the time of a job's first request, in seconds from the start. The times are spread evenly, in an order
    /// that differs from that of the job numbers.
    func firstDue(_ job: Int) -> Double { lead + gap * Double(job * 7_919 % jobs) / Double(jobs) }

    /// The time in seconds before the first request, in which the jobs are added at 50,000 per second or more.
    private var lead: Double { Self.minimumLead + Double(jobs) / 50_000 }

    private static let minimumLead = 0.5

    /// The age of each job at its first request, in seconds. It is large enough that each submission date is in the
    /// past.
    var firstAge: Double { lead + gap }

    /// Returns a job's age at a number of seconds after the start.
    func age(of job: Int, at time: Double) -> Double { firstAge - firstDue(job) + time }

    var schedule: some PollingSchedule { Rounds(firstAge: .seconds(firstAge), gap: .seconds(gap)) }

    private struct Rounds: PollingSchedule {
        let firstAge: Duration
        let gap: Duration

        func gap(at moment: PollingMoment) -> Duration { moment.requests == 0 ? firstAge : gap }
    }
}

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
