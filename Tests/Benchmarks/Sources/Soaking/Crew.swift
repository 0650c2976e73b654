import FetchCore
import Synchronization

/// The client's side: the batches with their jobs, and what is done to them from elsewhere.
final class Crew: Sendable {
    let client: FetchClient
    let desk: Desk
    let ledger: Ledger
    let jobs: [QueuedJob]

    /// Six in ten jobs, to which some are added while it runs.
    private let open: JobBatch
    /// Three in ten, all there from the beginning.
    private let closed: JobBatch
    /// One in ten, from a sequence that is read as there is room.
    private let fed: JobBatch
    /// The jobs that are still to be added to the open batch.
    private let toAdd: Mutex<ArraySlice<QueuedJob>>
    private let wakeUps = Mutex(0)

    init(client: FetchClient, desk: Desk, ledger: Ledger, jobs: [QueuedJob]) {
        (self.client, self.desk, self.ledger, self.jobs) = (client, desk, ledger, jobs)
        let ways = Dictionary(grouping: jobs.indices) { Self.way(of: $0) }.mapValues { $0.map { jobs[$0] } }
        let early = ways[.open, default: []]
        open = client.batch()
        let first = early.prefix(early.count * 4 / 5)
        toAdd = Mutex(early.dropFirst(first.count))
        for job in first { open.add(job) }
        closed = client.outcomes(of: ways[.closed, default: []])
        let feed = AsyncStream { feed in
            for job in ways[.fed, default: []] { feed.yield(job) }
            feed.finish()
        }
        fed = client.outcomes(of: feed, atOnce: max(jobs.count / 50, 1))
        addMore()
    }

    var wakeUpCount: Int { wakeUps.withLock { $0 } }

    /// Waits until every job has ended, for whomever.
    ///
    /// - Parameter seen: Called with the number of outcomes so far.
    func work(seen: @escaping @Sendable (Int) -> Void) async {
        await withTaskGroup { group in
            group.addTask { await self.meddle() }
            await withTaskGroup { loops in
                for batch in [self.open, self.closed, self.fed] {
                    loops.addTask { await self.loop(over: batch, seen: seen) }
                }
            }
            self.desk.close()
        }
    }

    private func loop(over batch: JobBatch, seen: (Int) -> Void) async {
        do {
            for try await outcome in batch {
                seen(ledger.note(outcome.result, of: outcome.job))
                if batch === open { addMore() }
            }
        } catch {
            ledger.disagree("a batch ended with \(error)")
        }
    }

    /// Adds two late jobs to the open batch, or says that none will come any more.
    private func addMore() {
        let (jobs, isLast) = toAdd.withLock { rest in
            defer { rest = rest.dropFirst(2) }
            return (rest.prefix(2), rest.count <= 2)
        }
        for job in jobs { open.add(job) }
        if isLast { open.finish() }
    }

    /// Does what the fates of jobs say that is done to them from elsewhere.
    private func meddle() async {
        await withDiscardingTaskGroup { group in
            for await fate in desk.interferences {
                switch fate.interference {
                case .wakeUp:
                    client.wake(jobs[fate.number].job)
                    wakeUps.withLock { $0 += 1 }
                case .cancellation: cancel(fate)
                case .contest(let delay):
                    group.addTask {
                        try? await Task.sleep(for: .microseconds(delay))
                        self.cancel(fate)
                    }
                case .lateComer(_, let givesUp): group.addTask { await self.comeLate(for: fate, givesUp) }
                case nil: break
                }
            }
        }
    }

    private func cancel(_ fate: Fate) {
        let batch = batch(of: fate.number)
        // To add what is there already changes nothing.
        if fate.ending == .endless { batch.add(jobs[fate.number]) }
        let wasWaitedFor = batch.cancel(jobs[fate.number].job)
        ledger.noteCancellation(of: fate.number, wasWaitedFor: wasWaitedFor)
        if batch === open { addMore() }
    }

    private func comeLate(for fate: Fate, _ givesUp: Bool) async {
        let job = jobs[fate.number].job
        let wait = Task { try await client.result(job) }
        if givesUp { wait.cancel() }
        do {
            ledger.noteLateComer(.success(try await wait.value), of: fate.number)
        } catch let error as FetchError {
            ledger.noteLateComer(.failure(error), of: fate.number)
        } catch {
            if !givesUp { ledger.disagree("a late-comer to job \(fate.number) ended with \(error)") }
            ledger.noteLateComer(nil, of: fate.number)
        }
    }

    private enum Way { case open, closed, fed }

    private static func way(of number: Int) -> Way {
        switch number % 10 {
        case 0..<6: .open
        case 6..<9: .closed
        default: .fed
        }
    }

    private func batch(of number: Int) -> JobBatch {
        switch Self.way(of: number) {
        case .open: open
        case .closed: closed
        case .fed: fed
        }
    }
}
