import FetchCore
import FetchTesting
import Foundation

extension Encounter {
    /// What a client hands out while it waits: for one job, for many, with errors in between, and to the end.
    func visitWaits() async throws {
        let registry = try EndpointRegistry(endpoint)
        var client = client(registry)
        client.onRetry = { collection.add($0, $0.error) }
        let submission = Submission(at: clock.date, eta: .seconds(5))
        collection.add(submission, FetchLimits(), client.policy, CompletedJob(took: .seconds(3)))

        let updates = client.updates(endpoint, id: 1, submitted: submission)
        var iterator = updates.makeAsyncIterator()
        for _ in 0..<2 {
            guard let update = try await iterator.next() else { break }
            collection.add(updates, iterator, update, update.state)
        }
        for number in 1...7 {
            do {
                collection.add(try await client.result(endpoint, id: number))
            } catch let error as FetchError {
                collection.add(error)
            }
        }
        try await visitBatch(of: client, submission)
        for schedule in [.leastCost, .fixed(.seconds(1)), .exponential(first: .seconds(1))] as [any PollingSchedule] {
            let policy = PollingPolicy(deadline: .seconds(20), schedule: WatchedSchedule(schedule, collection))
            _ = try? await client.result(endpoint, id: 8, policy: policy)
            collection.add(schedule, policy)
        }
        for durations in client.durations.values { collection.add(durations) }
        for statistics in client.statistics.values { collection.add(statistics) }
    }

    private func visitBatch(of client: FetchClient, _ submission: Submission) async throws {
        let batch = client.batch()
        for number in 1...7 {
            let job = QueuedJob(try JobReference("example.talk:\(number)"), submitted: submission)
            collection.add(job)
            batch.add(job)
        }
        batch.finish()
        var iterator = batch.makeAsyncIterator()
        while let outcome = try await iterator.next() {
            collection.add(batch, iterator, outcome, outcome.job)
            if case .failure(let error) = outcome.result { collection.add(error) }
        }
    }
}

/// Shows what a schedule is told.
private struct WatchedSchedule: PollingSchedule {
    let schedule: any PollingSchedule
    let collection: SpecimenLog

    init(_ schedule: any PollingSchedule, _ collection: SpecimenLog) {
        self.schedule = schedule
        self.collection = collection
    }

    func gap(at moment: PollingMoment) -> Duration {
        collection.add(moment)
        if let durations = moment.durations { collection.add(durations) }
        return schedule.gap(at: moment)
    }
}
