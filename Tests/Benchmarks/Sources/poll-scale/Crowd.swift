import FetchCore
import Foundation
import Synchronization

/// So many jobs that are all asked about at the same rate, whatever their number.
struct Crowd: Sendable, Codable {
    var jobs: Int
    /// Requests in a second, of all jobs together.
    var rate: Double
    /// How often each job is asked about. The last answer says that it is done.
    var rounds: Int

    /// As many rounds as make 200,000 requests, and two at least.
    init(jobs: Int, rate: Double) {
        self.jobs = jobs
        self.rate = rate
        rounds = max(200_000 / jobs, 2)
    }

    /// Seconds between two requests about a job.
    var gap: Double { Double(jobs) / rate }

    /// Seconds from the beginning to a job's first request: evenly spread, neighbours in number far from each other in time.
    func firstDue(_ job: Int) -> Double { lead + gap * Double(job * 7_919 % jobs) / Double(jobs) }

    /// Time to add the jobs in, at no less than 50,000 in a second.
    private var lead: Double { Self.lead + Double(jobs) / 50_000 }

    private static let lead = 0.5

    /// The age at which each job is asked about first: old enough that none is added before it was submitted.
    var firstAge: Double { lead + gap }

    /// A job's age, so many seconds after the beginning.
    func age(of job: Int, at time: Double) -> Double { firstAge - firstDue(job) + time }

    var schedule: some PollingSchedule { Rounds(firstAge: .seconds(firstAge), gap: .seconds(gap)) }

    private struct Rounds: PollingSchedule {
        let firstAge: Duration
        let gap: Duration

        func gap(at moment: PollingMoment) -> Duration { moment.requests == 0 ? firstAge : gap }
    }
}

/// Answers at once, and notes how late each request is.
final class Desk: FetchTransport {
    private struct State {
        /// When each job is due, in seconds since the beginning.
        var due: [Float]
        var rounds: [UInt16]
        /// How many requests were so many milliseconds late, or early.
        var lateness = Array(repeating: 0, count: 10_001)
        var requests = 0
    }

    private let crowd: Crowd
    private let start = ContinuousClock.now
    private let state: Mutex<State>

    private static let pending = FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
    private static let done = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))

    init(_ crowd: Crowd) {
        self.crowd = crowd
        state = Mutex(
            State(
                due: (0..<crowd.jobs).map { Float(crowd.firstDue($0)) },
                rounds: Array(repeating: 0, count: crowd.jobs)
            )
        )
    }

    /// Seconds since the beginning.
    var now: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// It has never taken any time.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse { answer(for: Self.job(in: request)) }

    /// What the server says of a job.
    func answer(for job: Int) -> FetchResponse {
        let now = now
        return state.withLock { state in
            state.requests += 1
            let late = Int((now - Double(state.due[job])) * 1_000)
            state.lateness[min(abs(late), 10_000)] += 1
            state.due[job] = Float(now + crowd.gap)
            state.rounds[job] += 1
            return state.rounds[job] == crowd.rounds ? Self.done : Self.pending
        }
    }

    private static func job(in request: FetchRequest) -> Int {
        request.url.absoluteString.utf8.reversed().prefix { $0 != UInt8(ascii: "/") }.reversed()
            .reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    }

    var requests: Int { state.withLock(\.requests) }

    /// By how many milliseconds at most that share of the requests was late, or early.
    func lateness(of share: Double) -> Double {
        state.withLock { state in
            var rest = Int(Double(state.requests) * share)
            for (milliseconds, count) in state.lateness.enumerated() {
                rest -= count
                if rest < 0 { return Double(milliseconds) }
            }
            return .nan
        }
    }
}
