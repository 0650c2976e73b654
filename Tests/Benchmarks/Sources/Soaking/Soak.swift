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

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Many jobs of all families at once, over real sockets, against a server that does wrong in every fifth answer.
///
/// What becomes of each job, and what is wrong with each answer, follows from the seed.
package struct Soak: Sendable {
    private let jobs: Int
    private let seed: UInt64
    private let transport: SoakTransport
    private let faultPercent: Int
    private let timeLimit: Duration
    private let memory: (@Sendable () -> Int)?

    /// - Parameters:
    ///   - transport: The transport under test. Defaults to that of the platform's guides.
    ///   - faultPercent: How many of a hundred answers are faults.
    ///   - timeLimit: When to give up. What hasn't ended by then is lost.
    ///   - memory: The bytes that the process has in memory. Nil where other things run in it: then neither memory nor descriptors
    ///     are counted.
    package init(
        jobs: Int,
        seed: UInt64,
        transport: SoakTransport = .standard,
        faultPercent: Int = 20,
        timeLimit: Duration = .seconds(300),
        memory: (@Sendable () -> Int)? = nil
    ) {
        self.jobs = jobs
        self.seed = seed
        self.transport = transport
        self.faultPercent = faultPercent
        self.timeLimit = timeLimit
        self.memory = memory
    }

    /// Runs, and reports what came of it.
    package func report() async throws -> SoakReport {
        var report = SoakReport(seed: seed, jobs: jobs, transport: transport)
        if memory != nil { report.descriptorsBefore = Sockets.descriptors }
        let desk = Desk(jobs: jobs, seed: seed, faultPercent: faultPercent)
        let server = try LoopbackServer(answering: { desk.answer(to: $0) })
        defer { server.stop() }
        let start = ContinuousClock.now
        try await ask(server, desk, &report)
        report.seconds = (ContinuousClock.now - start) / .seconds(1)
        report.connections = server.connections
        let port = Int(server.origin.port)
        server.stop()
        // The client has let its connections go; that they are closed is seen a little later.
        for _ in 0..<500 where Sockets.ofPort(port) > 0 { try await Task.sleep(for: .milliseconds(10)) }
        report.socketsLeft = Sockets.ofPort(port)
        guard memory != nil else { return report }
        for _ in 0..<500 where Sockets.descriptors > report.descriptorsBefore {
            try await Task.sleep(for: .milliseconds(10))
        }
        report.descriptorsAfter = Sockets.descriptors
        return report
    }

    private func ask(_ server: LoopbackServer, _ desk: Desk, _ report: inout SoakReport) async throws {
        let queued = try desk.fates.map { fate in
            QueuedJob(try fate.reference, submitted: fate.eta.map { Submission(eta: .milliseconds($0)) })
        }
        let ledger = Ledger(desk: desk, jobs: queued.map(\.job))
        let crew = Crew(client: try client(asking: server), desk: desk, ledger: ledger, jobs: queued)
        let afterATenth = Mutex(0)
        let isOver = try await isOver(within: timeLimit) { [jobs, memory] in
            await crew.work { seen in
                if seen == jobs / 10 { afterATenth.withLock { $0 = memory?() ?? 0 } }
            }
        }
        if !isOver { ledger.disagree("it wasn't over after \(timeLimit)") }
        report.memoryAfterATenth = afterATenth.withLock { $0 }
        report.memoryAtTheEnd = memory?() ?? 0
        report.wakeUps = crew.wakeUpCount
        report.note(desk.books, desk.fates)
        report.note(ledger)
    }

    /// Whether the work was done in time. Otherwise it is cancelled, and waited for.
    private func isOver(within limit: Duration, _ work: @escaping @Sendable () async -> Void) async throws -> Bool {
        try await withThrowingTaskGroup { group in
            group.addTask {
                await work()
                return true
            }
            group.addTask {
                try await Task.sleep(for: limit)
                return false
            }
            let isOver = try await group.next() ?? false
            group.cancelAll()
            return isOver
        }
    }

    private func client(asking server: LoopbackServer) throws -> FetchClient {
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
            credentials: .fixed([
                .modelsLab: APIKey(Family.video.key), .modelsLabEnterprise: APIKey(Family.faceGen.key),
            ]),
            policy: PollingPolicy(
                deadline: timeLimit,
                minimumGap: .milliseconds(10),
                maximumGap: .milliseconds(100),
                toleratedErrors: 30,
                // Long enough that an unknown job is asked about more than once, where nothing else takes as long.
                notFoundGrace: .milliseconds(100)
            ),
            origins: [.modelsLab: server.origin, .modelsLabEnterprise: server.origin]
        )
    }
}
