import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Synchronization
import TestSupport

/// A provider that counts the requests of each account, refuses some, and sees who sends them.
final class SimulatedProvider: Sendable {
    private struct Request {
        let number: Int
        let account: String
        let life: ProcessLife

        /// True if the worker may no longer send, and its process was suspended. If the request began before that, no
        /// process can take it back.
        func isLeftBehind(at time: Duration) -> Bool {
            life.clock.wasSuspended && life.ownEnd.map { time >= $0 } ?? true
        }
    }

    private struct State {
        var random: SplitMix64
        var inFlight: [UInt64: Request] = [:]
        var requests = 0
        var throttles = 0
        var isMended = false
    }

    /// The limit of requests in flight of each account.
    static let limit = 4

    let clock: VirtualClock
    private let jobs: [SimulatedJob]
    private let violations: EventLog<String>
    private let state: Mutex<State>

    init(_ jobs: [SimulatedJob], on clock: VirtualClock, seed: UInt64, violations: EventLog<String>) {
        self.jobs = jobs
        self.clock = clock
        self.violations = violations
        state = Mutex(State(random: SplitMix64(seed: seed)))
    }

    var requests: Int { state.withLock(\.requests) }
    var throttles: Int { state.withLock(\.throttles) }

    /// Has poisonous jobs end no process any more, and succeed.
    func mend() { state.withLock { $0.isMended = true } }

    /// Answers a request of a life of a process.
    func send(_ request: FetchRequest, by life: ProcessLife) async throws -> FetchResponse {
        // Nothing reaches the provider from a process that was killed, before its tasks notice it.
        guard !life.isOver else { throw CancellationError() }
        let number = Int(request.url.lastPathComponent) ?? 0
        let account = request.headers["Authorization"] ?? ""
        let isOther = request.url.path.contains("other")
        let (id, latency) = begin(Request(number: number, account: account, life: life), isOther: isOther)
        do {
            defer { state.withLock { $0.inFlight[id] = nil } }
            try await clock.sleep(for: latency)
        }
        try await life.clock.waitWhileSuspended()
        return try respond(to: number, life)
    }

    /// Notes that a request begins, and returns its number and the time until its response.
    private func begin(_ request: Request, isOther: Bool) -> (UInt64, Duration) {
        let (now, life) = (clock.elapsed, request.life)
        func expect(_ condition: Bool, _ problem: @autoclosure () -> String) {
            if !condition { violations.record("\(now): \(problem())") }
        }
        expect(life.ownEnd.map { now < $0 } ?? false, "4: A worker has sent a request after its time was over.")
        expect(!isOther || life.knowsAllEndpoints, "6: A worker has polled an endpoint that it doesn't know.")
        return state.withLock { state in
            state.requests += 1
            let counted = state.inFlight.values.filter { !$0.isLeftBehind(at: now) }
            let count = counted.count { $0.account == request.account } + 1
            expect(count <= Self.limit, "5: \(count) requests of \(request.account) are in flight.")
            let others = counted.filter { $0.number == request.number && $0.life !== life }
            expect(others.isEmpty, "Two workers poll the job \(request.number).")
            let id = UInt64(state.requests)
            state.inFlight[id] = request
            // Most responses come soon, and some late.
            let isSlow = Int.random(in: 0..<20, using: &state.random) == 0
            return (id, .seconds(Double.random(in: 0.05...(isSlow ? 20 : 1), using: &state.random)))
        }
    }

    private func respond(to number: Int, _ life: ProcessLife) throws -> FetchResponse {
        let (fault, isMended) = state.withLock { (Int.random(in: 0..<100, using: &$0.random), $0.isMended) }
        switch fault {
        case 0..<4: return FetchResponse(status: 503)
        case 4..<6: throw URLError(.networkConnectionLost)
        case 6..<8:
            state.withLock { $0.throttles += 1 }
            return FetchResponse(status: 429, headers: ["Retry-After": "\(fault == 6 ? 2 : 12)"])
        default: break
        }
        let job = jobs[number]
        if job.course == .isPoisonous, !isMended {
            life.kill()
            throw CancellationError()
        }
        guard clock.elapsed >= job.end else { return WorkerHarness.pending }
        switch job.course {
        case .succeeds, .isPoisonous: return WorkerHarness.success
        case .fails: return FetchResponse(json: #"{"status":"failed"}"#)
        case .neverEnds: return WorkerHarness.pending
        }
    }
}
