import FetchCore
import Synchronization

/// The client side of a soak: three batches that share the jobs, and the actions of the jobs' plans.
final class SoakClient: Sendable {
    let client: FetchClient
    let server: SoakServer
    let verifier: OutcomeVerifier
    let jobs: [QueuedJob]

    /// A batch with six of ten jobs, a fifth of which are added while it runs.
    private let openBatch: JobBatch
    /// A batch with three of ten jobs, created from an array.
    private let arrayBatch: JobBatch
    /// A batch with one of ten jobs, created from an asynchronous sequence that is read with backpressure.
    private let sequenceBatch: JobBatch
    /// The jobs that haven't been added to `openBatch` yet.
    private let lateJobs: Mutex<ArraySlice<QueuedJob>>
    private let wakeUps = Mutex(0)

    init(client: FetchClient, server: SoakServer, verifier: OutcomeVerifier, jobs: [QueuedJob]) {
        (self.client, self.server, self.verifier, self.jobs) = (client, server, verifier, jobs)
        let groups = Dictionary(grouping: jobs.indices) { Self.batchKind(of: $0) }.mapValues { $0.map { jobs[$0] } }
        let openJobs = groups[.open, default: []]
        openBatch = client.batch()
        let initialJobs = openJobs.prefix(openJobs.count * 4 / 5)
        lateJobs = Mutex(openJobs.dropFirst(initialJobs.count))
        for job in initialJobs { openBatch.add(job) }
        arrayBatch = client.outcomes(of: groups[.array, default: []])
        let sequence = AsyncStream { continuation in
            for job in groups[.sequence, default: []] { continuation.yield(job) }
            continuation.finish()
        }
        sequenceBatch = client.outcomes(of: sequence, maxConcurrent: max(jobs.count / 50, 1))
        addLateJobs()
    }

    var wakeUpCount: Int { wakeUps.withLock { $0 } }

    /// Runs until all batches and all second callers have ended.
    ///
    /// - Parameter onOutcome: Receives the number of outcomes so far, after each outcome.
    func run(onOutcome: @escaping @Sendable (Int) -> Void) async {
        await withTaskGroup { group in
            group.addTask { await self.performActions() }
            await withTaskGroup { loops in
                for batch in [self.openBatch, self.arrayBatch, self.sequenceBatch] {
                    loops.addTask { await self.collectOutcomes(of: batch, onOutcome: onOutcome) }
                }
            }
            self.server.finishActions()
        }
    }

    private func collectOutcomes(of batch: JobBatch, onOutcome: (Int) -> Void) async {
        do {
            for try await outcome in batch {
                let result = Result { () throws(FetchError) in try outcome.result.get() }
                onOutcome(verifier.record(result, of: outcome.job))
                if batch === openBatch { addLateJobs() }
            }
        } catch {
            verifier.report("a batch ended with \(error)")
        }
    }

    /// Adds two late jobs to the open batch, and finishes the batch after the last one.
    private func addLateJobs() {
        let (jobs, isLast) = lateJobs.withLock { rest in
            defer { rest = rest.dropFirst(2) }
            return (rest.prefix(2), rest.count <= 2)
        }
        for job in jobs { openBatch.add(job) }
        if isLast { openBatch.finish() }
    }

    /// Returns the client of a job's account.
    private func client(of plan: JobPlan) -> FetchClient { plan.account.map { client.account($0) } ?? client }

    private func performActions() async {
        await withDiscardingTaskGroup { group in
            for await plan in server.dueActions {
                switch plan.action {
                case .wakeUp:
                    client(of: plan).wake(jobs[plan.number].job)
                    wakeUps.withLock { $0 += 1 }
                case .cancellation: cancel(plan)
                case .cancellationRace(let delay):
                    group.addTask {
                        try? await Task.sleep(for: .microseconds(delay))
                        self.cancel(plan)
                    }
                case .secondCaller(_, let isCancelled):
                    group.addTask { await self.pollAgain(plan, isCancelled: isCancelled) }
                case nil: break
                }
            }
        }
    }

    private func cancel(_ plan: JobPlan) {
        let batch = batch(of: plan.number)
        // Adding a job again must have no effect.
        if plan.ending == .endless { batch.add(jobs[plan.number]) }
        let wasActive = batch.cancel(jobs[plan.number].job, of: plan.account) != nil
        verifier.recordCancellation(of: plan.number, wasActive: wasActive)
        if batch === openBatch { addLateJobs() }
    }

    /// Requests the result of a job that a batch polls too.
    private func pollAgain(_ plan: JobPlan, isCancelled: Bool) async {
        let job = jobs[plan.number].job
        let result = Task { try await client(of: plan).result(job) }
        if isCancelled { result.cancel() }
        do {
            verifier.recordSecondCaller(.success(try await result.value), of: plan.number)
        } catch let error as FetchError {
            verifier.recordSecondCaller(.failure(error), of: plan.number)
        } catch {
            if !isCancelled { verifier.report("a second caller for job \(plan.number) ended with \(error)") }
            verifier.recordSecondCaller(nil, of: plan.number)
        }
    }

    private enum BatchKind { case open, array, sequence }

    private static func batchKind(of number: Int) -> BatchKind {
        switch number % 10 {
        case 0..<6: .open
        case 6..<9: .array
        default: .sequence
        }
    }

    private func batch(of number: Int) -> JobBatch {
        switch Self.batchKind(of: number) {
        case .open: openBatch
        case .array: arrayBatch
        case .sequence: sequenceBatch
        }
    }
}
