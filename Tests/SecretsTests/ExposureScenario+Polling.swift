import FetchCore
import FetchTesting
import Foundation
import ModelsLabVideo

extension ExposureScenario {
    /// Collects the values that a client delivers while it polls one job or many, errors included.
    func collectPolling() async throws {
        let registry = try EndpointRegistry(endpoint)
        let client = client(registry)
        let submission = Submission(at: clock.date, eta: .seconds(5))
        collector.add(submission, FetchLimits(), client.policy, CompletedJob(took: .seconds(3)))
        collector.add(FetchClient.Configuration(), FetchClient.Environment())
        if let identity = ModelsLabVideoEndpoint().identity { collector.add(identity) }

        let updates = client.updates(endpoint, id: 1, submitted: submission)
        var iterator = updates.makeAsyncIterator()
        for _ in 0..<2 {
            guard let update = try await iterator.next() else { break }
            collector.add(updates, iterator, update, update.state)
            if let fraction = update.fraction { collector.add(fraction, fraction.source) }
        }
        for number in 1...7 {
            do {
                collector.add(try await client.result(endpoint, id: number))
            } catch let error as FetchError {
                collector.add(error)
            }
        }
        try await collectBatch(of: client, submission)
        for schedule in [.leastCost, .fixed(.seconds(1)), .exponential(first: .seconds(1))] as [any PollingSchedule] {
            let policy = PollingPolicy(deadline: .seconds(20), schedule: CollectingSchedule(schedule, collector))
            _ = try? await client.result(endpoint, id: 8, policy: policy)
            collector.add(schedule, policy)
        }
        for durations in client.durations.values { collector.add(durations) }
        for statistics in client.statistics.values { collector.add(statistics) }
    }

    private func collectBatch(of client: FetchClient, _ submission: Submission) async throws {
        let batch = client.batch()
        for number in 1...7 {
            let job = QueuedJob(try JobReference("example.collecting:\(number)"), submitted: submission)
            collector.add(job)
            batch.add(job)
        }
        batch.finish()
        let snapshot = batch.snapshot()
        collector.add(snapshot)
        for job in snapshot.jobs { collector.add(job) }
        var iterator = batch.makeAsyncIterator()
        while let outcome = try await iterator.next() {
            collector.add(batch, iterator, outcome, outcome.job, outcome.result)
            if let output = outcome.result.output { collector.add(StoredOutput(output)) }
            if let error = outcome.result.error { collector.add(error) }
        }
    }
}

/// A schedule that collects the moments passed to it.
private struct CollectingSchedule: PollingSchedule {
    let schedule: any PollingSchedule
    let collector: ValueCollector

    init(_ schedule: any PollingSchedule, _ collector: ValueCollector) {
        self.schedule = schedule
        self.collector = collector
    }

    func gap(at moment: PollingMoment) -> Duration {
        collector.add(moment)
        if let durations = moment.durations { collector.add(durations) }
        return schedule.gap(at: moment)
    }
}
