import FetchCore
import FetchCurl
import Foundation
import ModelsLab
import ModelsLabVideo

/// Samples from Documentation/RunningInAService.md.
enum ServiceSamples {
    /// A table of jobs in a database.
    protocol JobTable: Sendable {
        associatedtype OpenJobs: AsyncSequence<QueuedJob, any Error> & Sendable
        func openJobs() -> OpenJobs
        func durations() async throws -> [EndpointName: JobDurations]
        func save(_ durations: [EndpointName: JobDurations]) async throws
        func save(_ outcome: JobOutcome) async throws
        func save(_ snapshot: BatchSnapshot) async throws
        func snapshot() async throws -> BatchSnapshot
        func close(_ row: Int64, outcome: Data) async throws
        func keepOpen(_ row: Int64, outcome: Data) async throws
        func insert(_ row: JobRow) async throws
    }

    /// A library for metrics.
    protocol MetricsLibrary: Sendable {
        func count(_ name: String, provider: String)
        func record(_ name: String, _ duration: Duration, provider: String)
        func record(_ name: String, _ number: Int, provider: String)
    }

    protocol Vault: Sendable {
        func secret(named name: String) async throws -> String?
    }

    /// A table with the keys of tenants.
    protocol TenantKeys: Sendable {
        func key(of tenant: String, for provider: String) async throws -> String?
    }

    struct TenantRow: Sendable {
        let job: JobReference
        let tenant: String
        let submission: Submission
    }

    struct JobRow: Codable {
        var job: JobReference
        var submission: Submission
        var number: Int64 = 0
    }

    static func client(
        _ registry: EndpointRegistry,
        vault: some Vault,
        table: some JobTable,
        metrics: Metrics
    ) async throws -> FetchClient {
        let client = try FetchClient(
            registry: registry,
            transport: .curl,
            credentials: .dynamic { provider in
                try await vault.secret(named: provider.rawValue).map { APIKey($0) }
            },
            configuration: FetchClient.Configuration(
                providerLimits: ["modelslab": FetchLimits(requestsInFlight: 8, requestsPerSecond: 5)],
                observer: metrics,
                durations: try await table.durations()
            )
        )
        return client
    }

    static func submitted(id: Int64, eta: Duration?, table: some JobTable) async throws {
        let row = JobRow(
            job: try JobReference("modelslab.video:\(id)"),
            submission: Submission(eta: eta)
        )
        try await table.insert(row)
    }

    static func continued(
        _ client: FetchClient,
        _ response: FetchResponse,
        of name: EndpointName,
        table: some JobTable
    ) async throws {
        guard case .queued(let job) = try await client.submittedJob(in: response, of: name) else { return }
        try await table.insert(JobRow(job: job.job, submission: job.submitted ?? Submission()))
    }

    static func polling(_ client: FetchClient, table: some JobTable) async throws {
        let batch = client.outcomes(of: table.openJobs())
        let polling = Task {
            for try await outcome in batch {
                try await table.save(outcome)
            }
        }
        print(polling)
    }

    static func storedOutcomes(_ client: FetchClient, rows: [JobRow], table: some JobTable) async throws {
        let jobs = rows.map { QueuedJob($0.job, submitted: $0.submission, context: ["row": .integer($0.number)]) }
        for try await outcome in client.outcomes(of: jobs) {
            guard let row = outcome.context?["row"]?.integer else { continue }
            let json = try JSONEncoder().encode(outcome)
            switch outcome.result {
            case .succeeded, .failed: try await table.close(row, outcome: json)
            case .unknown: try await table.keepOpen(row, outcome: json)
            }
        }
    }

    static func shownOutcome(_ json: Data) throws {
        let outcome = try JSONDecoder().decode(JobOutcome.self, from: json)
        switch outcome.result {
        case .succeeded(let output): show(output.outputArtifacts)
        case .failed(let error): show(error.failure?.message ?? "The job failed.")
        case .unknown: show("We are still looking into it.")
        }
    }

    private static func show(_ artifacts: [Artifact]) {}
    private static func show(_ text: String) {}

    static func shutdown(
        _ polling: Task<Void, any Error>,
        _ batch: JobBatch,
        _ client: FetchClient,
        table: some JobTable
    ) async throws {
        let waiting = batch.drain()
        _ = await polling.result
        try await table.save(waiting)
        try await table.save(client.durations)
    }

    static func resumed(_ client: FetchClient, rows: [JobRow], table: some JobTable) async throws -> JobBatch {
        let batch = client.batch(resuming: (try? await table.snapshot()) ?? BatchSnapshot())
        for row in rows { batch.add(QueuedJob(row.job, submitted: row.submission)) }
        return batch
    }

    static func tenant(_ client: FetchClient, _ key: APIKey, _ id: Int64) async throws -> [Artifact] {
        let tenant = client.account("tenant-7", credentials: .fixed(["modelslab": key]))
        let output = try await tenant.result(.modelsLabVideo, id: id)
        return output.outputArtifacts
    }

    static func tenants(
        _ registry: EndpointRegistry,
        _ transport: any FetchTransport,
        _ keys: any TenantKeys,
        _ rows: [TenantRow]
    ) async throws {
        let credentials = Credentials.accounts { account, provider in
            guard let account else { return nil }
            return try await keys.key(of: account.rawValue, for: provider.rawValue).map { APIKey($0) }
        }
        let client = FetchClient(registry: registry, transport: transport, credentials: credentials)
        let jobs = rows.map { QueuedJob($0.job, account: AccountID($0.tenant), submitted: $0.submission) }
        for try await outcome in client.outcomes(of: jobs) {
            print(outcome.account ?? "-", outcome.job, outcome.result)
        }
    }

    struct Metrics: FetchObserver {
        let library: any MetricsLibrary

        func record(_ event: FetchEvent) {
            let provider = event.provider.rawValue
            switch event.kind {
            case .requested:
                library.count("requests", provider: provider)
            case .pending(_, let latency):
                library.record("latency", latency, provider: provider)
            case .detected(_, let latency, let undetected):
                library.record("latency", latency, provider: provider)
                library.record("requests_per_job", event.request.number, provider: provider)
                if let undetected { library.record("detection_delay", undetected, provider: provider) }
            case .failed(let error, _):
                library.count("failed_\(error.code)_\(event.request.httpStatus ?? 0)", provider: provider)
            case .retrying:
                library.count("retries", provider: provider)
            case .throttled(let pause):
                library.record("pauses", pause, provider: provider)
            case .waitFailed(let error, _):
                library.count("ended_\(error.code)", provider: provider)
            }
        }
    }

    static func statistics(_ client: FetchClient) {
        for (endpoint, statistics) in client.statistics {
            print(endpoint, statistics.requests, statistics.failures, statistics.meanDelay ?? .zero)
        }
    }

    static func stuck(_ client: FetchClient) -> [EndpointName: EndpointStatistics] {
        let stuck = client.statistics.filter { $0.value.unreturnedCalls > 0 }
        return stuck
    }

    static func longJobs(_ transport: CurlTransport, rows: [JobRow], table: some JobTable) async throws {
        let training = PollingPolicy(deadline: .seconds(12 * 3600), maximumGap: .seconds(600))
        let configuration = FetchClient.Configuration(policies: ["acme.training": training])
        let client = FetchClient(transport: transport, credentials: .environment, configuration: configuration)
        let batch = client.batch()
        for row in rows {
            batch.add(QueuedJob(row.job, submitted: row.submission, deadline: .afterSubmission(.seconds(48 * 3600))))
        }
        batch.finish()
        for try await outcome in batch {
            try await table.save(outcome)
        }
    }
}
