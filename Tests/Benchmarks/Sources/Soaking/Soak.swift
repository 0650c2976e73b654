import FetchCore
import FetchTesting
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow
import Synchronization
import TestSupport

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A run that polls many jobs of all families over real sockets, from a server with faults in every fifth response.
///
/// The seed determines the course of each job and the fault of each response.
package struct Soak: Sendable {
    private let jobs: Int
    private let seed: UInt64
    private let transport: SoakTransport
    private let faultPercentage: Int
    private let timeLimit: Duration
    private let memory: (@Sendable () -> Int)?

    /// Creates a run.
    ///
    /// - Parameters:
    ///   - jobs: The number of jobs.
    ///   - seed: The seed of all random decisions.
    ///   - transport: The transport under test. Defaults to the platform's recommended one.
    ///   - faultPercentage: The percentage of responses with a fault. Defaults to 20.
    ///   - timeLimit: The time after which the run is cancelled. Jobs that haven't ended by then count as lost.
    ///     Defaults to 300 s.
    ///   - memory: Returns the resident memory of the process in bytes. If it is `nil`, the default, neither memory nor
    ///     descriptors are measured, as in a process that also runs other tests.
    package init(
        jobs: Int,
        seed: UInt64,
        transport: SoakTransport = .standard,
        faultPercentage: Int = 20,
        timeLimit: Duration = .seconds(300),
        memory: (@Sendable () -> Int)? = nil
    ) {
        self.jobs = jobs
        self.seed = seed
        self.transport = transport
        self.faultPercentage = faultPercentage
        self.timeLimit = timeLimit
        self.memory = memory
    }

    /// Performs the run and returns its results.
    package func report() async throws -> SoakReport {
        var report = SoakReport(seed: seed, jobs: jobs, transport: transport)
        if memory != nil { report.descriptorsBefore = Descriptors.count }
        let soakServer = SoakServer(jobs: jobs, seed: seed, faultPercentage: faultPercentage)
        let server = try LoopbackServer(respondingWith: { soakServer.response(to: $0) })
        defer { server.stop() }
        let start = ContinuousClock.now
        try await poll(server, soakServer, &report)
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        report.connections = server.connections
        let port = Int(server.origin.port)
        server.stop()
        // The transport is released. Its connections are closed asynchronously.
        _ = await Eventually.holds { Descriptors.count(onPort: port) == 0 }
        report.socketsLeft = Descriptors.count(onPort: port)
        guard memory != nil else { return report }
        _ = await Eventually.holds { [before = report.descriptorsBefore] in Descriptors.count <= before }
        report.descriptorsAfter = Descriptors.count
        return report
    }

    private func poll(
        _ server: LoopbackServer,
        _ soakServer: SoakServer,
        _ report: inout SoakReport
    ) async throws {
        let queued = try soakServer.plans.map { plan in
            QueuedJob(
                try plan.reference,
                account: plan.account,
                submitted: plan.eta.map { Submission(eta: .milliseconds($0)) }
            )
        }
        let verifier = OutcomeVerifier(server: soakServer, jobs: queued.map(\.job))
        let soakClient = SoakClient(
            client: try client(polling: server),
            server: soakServer,
            verifier: verifier,
            jobs: queued
        )
        let memoryAfterATenth = Mutex(0)
        let isComplete = try await runs(within: timeLimit) { [jobs, memory] in
            await soakClient.run { outcomeCount in
                if outcomeCount == jobs / 10 { memoryAfterATenth.withLock { $0 = memory?() ?? 0 } }
            }
        }
        if !isComplete { verifier.report("the run exceeded its time limit of \(timeLimit)") }
        report.memoryAfterATenth = memoryAfterATenth.withLock { $0 }
        report.memoryAtTheEnd = memory?() ?? 0
        report.wakeUps = soakClient.wakeUpCount
        report.add(soakServer.record, soakServer.plans)
        report.add(verifier)
    }

    /// Runs the work and returns true if it ends within the limit. Otherwise cancels it, and returns when it has ended.
    private func runs(within limit: Duration, _ work: @escaping @Sendable () async -> Void) async throws -> Bool {
        try await withThrowingTaskGroup { group in
            group.addTask {
                await work()
                return true
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return false
            }
            let isComplete = try await group.next() ?? false
            group.cancelAll()
            return isComplete
        }
    }

    private func client(polling server: LoopbackServer) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(
                .modelsLabVideo,
                .modelsLabFaceSwap,
                .modelsLabDeepfake,
                .modelsLabFaceGen,
                .modelsLabFineTune,
                .modelsLabWorkflow
            ),
            transport: try transport.transport(),
            credentials: .accounts { account, provider, _ in
                let family: Family = provider == .modelsLabEnterprise ? .faceGen : .video
                return APIKey(JobPlan.key(of: family, account))
            },
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: timeLimit,
                    minimumGap: .milliseconds(10),
                    maximumGap: .milliseconds(100),
                    toleratedErrors: 30,
                    // Long enough that an unknown job is polled more than once, unless the machine is overloaded.
                    notFoundGrace: .milliseconds(100)
                ),
                origins: [.modelsLab: server.origin, .modelsLabEnterprise: server.origin]
            )
        )
    }
}
