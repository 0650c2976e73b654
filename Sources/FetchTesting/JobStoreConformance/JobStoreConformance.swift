public import FetchJobs

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A test suite that checks a store of jobs against the contract of `JobStore`.
///
/// ```swift
/// @Test func `the store conforms to the contract`() async throws {
///     try await JobStoreConformance { date in InMemoryJobStore(date: date) }.check()
/// }
/// ```
///
/// Each rule of ``JobStoreRule`` runs with a new store, whose clock is the suite's: nothing sleeps. All violations are
/// reported together. Two further checks take longer, and are functions of their own:
///
/// - ``checkRandomRun(seed:steps:)`` has simulated workers and readers call the store at random, die, and lose results.
/// - ``checkInterruptions()`` has a store fail before and after each single call of a run.
public struct JobStoreConformance: Sendable {
    private let makeStore: @Sendable (@escaping @Sendable () -> Date) async throws -> any JobStore

    /// Creates a suite for one type of store.
    ///
    /// - Parameter makeStore: Creates an empty store with the clock that it is given. It is called once for each rule.
    public init(
        _ makeStore: @escaping @Sendable (_ date: @escaping @Sendable () -> Date) async throws -> any JobStore
    ) {
        self.makeStore = makeStore
    }

    /// Checks all rules and throws if the store breaks one.
    ///
    /// - Throws: ``JobStoreConformanceFailure`` with all violations, the errors of `makeStore`, or `CancellationError`.
    public func check() async throws { try Self.throwIfAny(of: try await violations()) }

    /// Checks all rules and returns the violations.
    ///
    /// - Returns: The violations in the order of the rules. Empty if the store conforms.
    /// - Throws: The errors of `makeStore`, or `CancellationError`.
    public func violations() async throws -> [JobStoreViolation] {
        var violations: [JobStoreViolation] = []
        for rule in JobStoreRule.allCases { violations += try await self.violations(of: rule) }
        return violations
    }

    /// Checks one rule and returns its violations.
    package func violations(of rule: JobStoreRule) async throws -> [JobStoreViolation] {
        try await trial(of: rule) { trial in try await rule.run(trial) }
    }

    /// Has simulated workers and readers call the store at random, die, and lose results. It checks:
    ///
    /// 1. After each call, each added job is waiting or has ended, and at the end all have ended.
    /// 2. No outcome changes, and a tenant waits for a reference once.
    /// 3. A worker writes nothing for a job that it hasn't leased, also after its death.
    /// 4. A worker whose time is over can't lease or renew.
    /// 5. The shares that the workers compute of a limit never add up to more.
    /// 6. A worker leases no job of an endpoint that it doesn't know, nor of an account that is paused or excluded.
    /// 7. After clearing up, no dead worker has a lease.
    /// 8. A job is parked after five deaths, not before, and isn't leased then.
    /// 9. Each outcome is delivered, and not again once it is acknowledged.
    ///
    /// ``checkInterruptions()`` checks that a run that is interrupted anywhere ends in the same way.
    ///
    /// - Parameters:
    ///   - seed: The seed of the random numbers. The same seed gives the same calls.
    ///   - steps: The number of calls. Defaults to 400.
    /// - Throws: ``JobStoreConformanceFailure``, the errors of `makeStore`, or `CancellationError`.
    public func checkRandomRun(seed: UInt64, steps: Int = 400) async throws {
        let violations = try await trial(of: .randomRun) { trial in
            var run = RandomStoreRun(trial: trial, seed: seed)
            try await run.run(steps: steps)
        }
        try Self.throwIfAny(of: violations)
    }

    /// Runs jobs through a store that fails before its nth call, and one that fails after it, for each n. The callers
    /// call again. Each job has to end once, and each outcome to be delivered.
    ///
    /// - Returns: The number of calls before and after which the store has failed.
    /// - Throws: ``JobStoreConformanceFailure``, the errors of `makeStore`, or `CancellationError`.
    @discardableResult
    public func checkInterruptions() async throws -> Int {
        var violations: [JobStoreViolation] = []
        var number = 0
        var wasInterrupted = true
        while wasInterrupted {
            number += 1
            wasInterrupted = false
            for moment in [InterruptedJobStore.Moment.before, .after] {
                let call = number
                let interrupted = TrialFlag()
                violations += try await trial(of: .interruptions) { trial in
                    let store = InterruptedJobStore(trial.store, failing: moment, call: call)
                    try await InterruptedRun(trial: trial, store: store).run()
                    if store.hasFailed { interrupted.set() }
                }
                wasInterrupted = wasInterrupted || interrupted.isSet
            }
        }
        try Self.throwIfAny(of: violations)
        return number - 1
    }

    /// Runs the jobs of ``checkInterruptions()`` once, through a store that fails by itself, such as one whose connection
    /// is lost after some message. The callers call again.
    package func checkInterruptedRun() async throws {
        let violations = try await trial(of: .interruptions) { trial in
            try await InterruptedRun(trial: trial, store: trial.store).run()
        }
        try Self.throwIfAny(of: violations)
    }

    private func trial(
        of rule: JobStoreRule,
        _ run: (JobStoreTrial) async throws -> Void
    ) async throws -> [JobStoreViolation] {
        let clock = TrialClock()
        let trial = JobStoreTrial(rule: rule, store: try await makeStore { clock.date }, clock: clock)
        do {
            try await run(trial)
        } catch let error as CancellationError {
            throw error
        } catch is EndOfTrial {
            // Its reason is recorded.
        } catch {
            trial.expect(false, "The store threw \(error).")
        }
        return trial.violations
    }

    private static func throwIfAny(of violations: [JobStoreViolation]) throws {
        if !violations.isEmpty { throw JobStoreConformanceFailure(violations: violations) }
    }
}
