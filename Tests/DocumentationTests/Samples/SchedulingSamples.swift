import FetchCore
import FetchURLSession
import ModelsLabVideo

// Samples from Documentation/Polling.md, compiled but not run.

private struct Row {
    var job: JobReference
    var submission: Submission?
}

private func batch(of rows: [Row], client: FetchClient) async throws {
    let batch = client.batch()
    for row in rows { batch.add(QueuedJob(row.job, submitted: row.submission)) }
    batch.finish()
    for try await outcome in batch {
        save(outcome.job, outcome.result)
    }
}

private func outcomes(of rows: [Row], client: FetchClient) async throws {
    for try await outcome in client.outcomes(of: rows.map { QueuedJob($0.job, submitted: $0.submission) }) {
        save(outcome.job, outcome.result)
    }
}

private func longJobs(_ job: JobReference, _ submission: Submission) {
    let configuration = FetchClient.Configuration(
        policies: ["acme.training": PollingPolicy(deadline: .seconds(24 * 3_600), maximumGap: .seconds(300))]
    )
    let training = QueuedJob(job, submitted: submission, deadline: .afterSubmission(.seconds(6 * 3_600)))
    print(configuration, training)
}

private func remainingTime(_ client: FetchClient, row: Row, age: Duration) async throws {
    for try await update in client.updates(.modelsLabVideo, id: 12345) {
        if let fraction = update.fraction { show(fraction.value, isEstimate: fraction.source == .estimate) }
        if let remaining = update.expectedRemaining { show(from: remaining.lowerBound, to: remaining.upperBound) }
    }
    let durations = client.durations["modelslab.video"] ?? JobDurations()
    let remaining = durations.expectedRemaining(age: age, eta: row.submission?.eta)
    print(remaining as Any)
}

private func show(_ fraction: Double, isEstimate: Bool) {}
private func show(from: Duration, to: Duration) {}

private func save(_ job: JobReference, _ result: JobResult) {}

struct Log: FetchObserver {
    func record(_ event: FetchEvent) {
        print(event.job, event.request.number, event.request.httpStatus ?? 0, event.kind)
    }
}
