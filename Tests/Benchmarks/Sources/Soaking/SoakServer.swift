package import FetchCore
package import FetchTesting
import Synchronization
import TestSupport

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A simulated ModelsLab server that follows each job's plan, injects faults, and records its responses.
package final class SoakServer: Sendable {
    package let plans: [JobPlan]
    private let seed: UInt64
    private let faultPercentage: Int
    private let state: Mutex<ServerRecord>
    private let dueActionContinuation: AsyncStream<JobPlan>.Continuation

    /// The plans whose action is due, for a single consumer.
    let dueActions: AsyncStream<JobPlan>

    package init(jobs: Int, seed: UInt64, faultPercentage: Int) {
        self.seed = seed
        self.faultPercentage = faultPercentage
        plans = (0..<jobs).map { JobPlan(seed: seed, number: $0) }
        state = Mutex(ServerRecord(jobs: jobs))
        (dueActions, dueActionContinuation) = AsyncStream.makeStream()
    }

    var record: ServerRecord { state.withLock { $0 } }

    func isEndSent(for job: Int) -> Bool { state.withLock { $0.isEndSent(for: job) } }

    /// Ends ``dueActions``.
    func finishActions() { dueActionContinuation.finish() }

    /// Returns the response to a request, and records it.
    package func response(to request: FetchRequest) -> LoopbackResponse {
        guard let plan = plan(of: request) else {
            state.withLock { $0.recordInvalidRequest() }
            return .json(#"{"status":"error","code":"invalid_api_key"}"#, status: 401)
        }
        let number = state.withLock { $0.recordRequest(for: plan.number) }
        let (fault, response) = response(number, of: plan)
        let isReadable = fault?.keepsBody ?? true
        let isFirstEnd = state.withLock { record in
            if let fault { record.record(fault) }
            return isReadable && plan.hasEnded(at: number) && record.recordEnd(of: plan.number)
        }
        if plan.action?.isDue(at: number, isFirstEnd: isFirstEnd) == true { dueActionContinuation.yield(plan) }
        return response
    }

    /// Returns the response to a job's nth request, counted from 1, and its fault if it has one.
    private func response(_ number: Int, of plan: JobPlan) -> (Fault?, LoopbackResponse) {
        var generator = SplitMix64(seed: seed, decision: plan.number, number)
        let original = plan.response(at: number)
        guard generator.bool(percentage: faultPercentage), let fault = Fault.allCases.randomElement(using: &generator)
        else {
            return (nil, .response(original))
        }
        return (fault, fault.response(replacing: original, &generator))
    }

    /// Returns the plan of the job that a request polls; `nil` if the path is unknown or the key is wrong.
    private func plan(of request: FetchRequest) -> JobPlan? {
        let path = request.url.path
        guard
            let number = Int(path.split { !$0.isNumber }.last ?? ""), plans.indices.contains(number),
            plans[number].family.path(of: number) == path,
            key(in: request) == plans[number].key
        else { return nil }
        return plans[number]
    }

    private func key(in request: FetchRequest) -> String? {
        if request.method == .get { return request.headers["key"] }
        let fields = request.body.flatMap { try? JSONDecoder().decode([String: String].self, from: $0) }
        return fields?["key"]
    }
}

extension JobPlan.ClientAction {
    /// Returns true if the action is due at the job's nth request. `isFirstEnd` is true if its response is the first
    /// with the terminal state.
    fileprivate func isDue(at number: Int, isFirstEnd: Bool) -> Bool {
        switch self {
        case .wakeUp(let request), .secondCaller(let request, _), .cancellation(let request): number == request
        case .cancellationRace: isFirstEnd
        }
    }
}
