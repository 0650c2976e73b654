import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Samples from the doc comments of FetchCore and FetchTesting.
enum CoreSamples {
    static func client() async throws {
        let registry = try EndpointRegistry(.transcript)
        let client = try FetchClient(registry: registry, transport: .curl, credentials: .environment)

        let text = try await client.result(.transcript, id: "a1b2")
        let output = try await client.result(JobReference("example.transcript:a1b2"))
        print(text, output)
    }

    static func registry() throws {
        let registry = try EndpointRegistry(.transcript, ExamplePlugin())
        print(registry)
    }

    static func plugin() throws {
        var registry = EndpointRegistry()
        try registry.register(ExamplePlugin())
        print(registry)
    }

    static func updates(_ client: FetchClient) async throws {
        for try await update in client.updates(.transcript, id: "a1b2") {
            switch update.state {
            case .pending(let progress): show(progress.eta)
            case .succeeded(let text): show(text)
            case .failed(let failure): show(failure)
            }
        }
    }

    struct JobQueue {
        func insert(_ job: QueuedJob) {}
    }

    static func submissions(_ client: FetchClient, _ response: FetchResponse, _ queue: JobQueue) async throws {
        let text = try await client.result(continuing: response, of: .transcript)
        show(text)

        switch try await client.submittedJob(in: response, of: .transcript) {
        case .queued(let job): queue.insert(job)
        case .succeeded(let text): show(text)
        case .failed(let failure): show(failure)
        }
    }

    struct SubmittingEndpoint {
        let submission = SubmissionForm(id: "id", url: "urls.get", .header("Location"), eta: "eta", hasState: true)
    }

    static func errors(_ client: FetchClient) async throws {
        do {
            show(try await client.result(.transcript, id: "a1b2"))
        } catch let error as FetchError where error.code == .jobFailed {
            offerAnotherTry(error.failure)
        }
    }

    static func learning() {
        var durations = JobDurations()
        durations.learn(CompletedJob(pendingAt: .seconds(38), doneAt: .seconds(41), expectedAge: .seconds(60)))
        let policy = PollingPolicy(schedule: .leastCost(durations: durations))
        show(policy)

        let frugal = PollingPolicy(schedule: .leastCost(secondsPerRequest: 10))
        show(frugal)
    }

    static func outcome(_ outcome: JobOutcome) {
        switch outcome.result {
        case .succeeded(let output): show(output.outputArtifacts)
        case .failed(let error): show(error.failure?.message ?? "The job failed.")
        case .unknown: pollAgainLater(outcome.job)
        }
    }

    static func drained(_ batch: JobBatch, table: some ServiceSamples.JobTable) async throws {
        let waiting = batch.drain()
        try await table.save(waiting)
    }

    static func storedOutput(_ url: URL) {
        let output = StoredOutput([Artifact(link: url)])
        show(output)
    }

    static func remaining(_ client: FetchClient, after error: FetchError) {
        let durations = client.durations["example.video"] ?? JobDurations()
        if let remaining = durations.expectedRemaining(age: .seconds(30), eta: .seconds(60)) {
            print("\(remaining.lowerBound) to \(remaining.upperBound)")
        }
        if !error.hasJobEnded { print("The job may still run:", error) }
    }

    static func script() {
        let transport = ScriptedTransport([
            .json(#"{"status":"processing"}"#),
            .failure(URLError(.networkConnectionLost)),
            .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#).after(.seconds(2)),
        ])
        print(transport.requests)
    }

    private static func show<Value>(_ value: Value) {}
    private static func pollAgainLater(_ job: JobReference) {}
    private static func offerAnotherTry(_ failure: JobFailure?) {}
}

struct CannedTransport: FetchTransport {
    func send(_ request: FetchRequest) async throws -> FetchResponse {
        FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
    }
}
