import FetchCore
import FetchTesting
import Foundation
import Soaking
import Synchronization
import TestSupport

/// A simulated ModelsLab that counts its requests. A fifth of its responses has a fault.
final class Provider: Sendable {
    /// The header field with which a worker's process says its number.
    static let processField = "X-Process"

    private static let faultPercentage = 20

    let jobs: [FleetJob]
    private let seed: UInt64
    private let limit: Int
    private let start: ContinuousClock.Instant
    private let state = Mutex(ProviderRecord())

    /// - Parameters:
    ///   - jobs: The jobs.
    ///   - seed: The seed of the faults.
    ///   - limit: The number of requests in flight that each account may have.
    ///   - start: The time from which on times count.
    init(_ jobs: [FleetJob], seed: UInt64, limit: Int, start: ContinuousClock.Instant) {
        self.jobs = jobs
        self.seed = seed
        self.limit = limit
        self.start = start
    }

    var record: ProviderRecord { state.withLock { $0 } }

    /// The seconds since the start.
    var now: Double { (ContinuousClock.now - start) / .seconds(1) }

    /// Begins a job.
    func submit(_ job: FleetJob) { state.withLock { $0.submit(job.number, at: now) } }

    /// Returns the response to a request. It is in flight until then, or until its connection is closed.
    func response(to request: FetchRequest) async -> LoopbackResponse {
        guard
            let job = job(of: request),
            let process = request.headers[Self.processField].flatMap({ Int($0) }),
            let submitted = state.withLock({ $0.submitted[job.number] })
        else {
            state.withLock { $0.refuse() }
            return .json(#"{"status":"error","message":"no such job or key"}"#, status: 400)
        }
        let number = state.withLock { $0.begin(job, .init(time: now, process: process), limit: limit) }
        defer { state.withLock { $0.end(job) } }
        var generator = SplitMix64(seed: seed, decision: job.number, number)
        try? await Task.sleep(for: .milliseconds(Int.random(in: 20...60, using: &generator)))
        let age = now - submitted
        let original = job.response(after: age)
        let isFault = generator.bool(percentage: Self.faultPercentage)
        let fault = isFault ? Fault.allCases.randomElement(using: &generator) : nil
        let isReadable = fault?.keepsBody ?? true
        state.withLock { $0.respond(job, isFault: isFault, isEnd: isReadable && job.hasEnded(after: age)) }
        return fault?.response(replacing: original, &generator) ?? .response(original)
    }

    /// Returns the job that a request polls; `nil` if the path is unknown or the key is wrong.
    private func job(of request: FetchRequest) -> FleetJob? {
        guard
            request.url.path.hasPrefix("/api/v6/video/fetch/"),
            let number = Int(request.url.lastPathComponent), jobs.indices.contains(number),
            let body = request.body, let fields = try? JSONDecoder().decode([String: String].self, from: body),
            fields["key"] == jobs[number].key
        else { return nil }
        return jobs[number]
    }
}
