import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

/// Samples from Documentation/DurableJobs.md and from the doc comments of FetchJobs.
enum JobsSamples {
    static func save(_ outcome: StoredOutcome) {}

    /// The application's table of films.
    protocol FilmTable: Sendable {
        func finish(_ row: Int64, link: String?) async throws
        func fail(_ row: Int64, because reason: String) async throws
    }

    struct Film: Sendable {
        let number: Int64
        let videoID: Int64
        let tenant: String
        let submission: Submission
    }

    static func add(_ submission: Submission) async throws {
        let store = InMemoryJobStore()
        try await store.add([DurableJob("modelslab.video:42", submitted: submission, tenant: "t-7", note: ["row": 9])])
    }

    static func one(_ submission: Submission) throws {
        let job = try DurableJob("modelslab.video:42", submitted: submission, tenant: "t-7", note: ["row": 9])
        print(job)
    }

    static func open() throws {
        let store = try SQLiteJobStore(path: "jobs.sqlite")
        print(store)
    }

    static func record() throws {
        let store = try SQLiteJobStore(path: "jobs.sqlite") { outcomes, transaction in
            for outcome in outcomes {
                let id = SQLValue.text(outcome.job.job.description)
                try transaction.execute("UPDATE film SET state = 'done' WHERE job = $1", [id])
            }
        }
        print(store)
    }

    static func addWithNote(_ film: Film, to store: some JobStore) async throws {
        let job = try DurableJob(
            "modelslab.video:\(film.videoID)",
            submitted: film.submission,
            tenant: film.tenant,
            account: AccountID(film.tenant),
            note: ["row": .integer(film.number)]
        )
        try await store.add([job])
    }

    static func clientOfTenants(
        _ registry: EndpointRegistry,
        _ transport: any FetchTransport,
        _ keys: any ServiceSamples.TenantKeys
    ) -> FetchClient {
        let credentials = Credentials.accounts { account, provider in
            guard let account else { return nil }
            return try await keys.key(of: account.rawValue, for: provider.rawValue).map { APIKey($0) }
        }
        let client = FetchClient(registry: registry, transport: transport, credentials: credentials)
        return client
    }

    static func recordOptionals() throws {
        let store = try SQLiteJobStore(path: "jobs.sqlite") { outcomes, transaction in
            try transaction.execute(
                "CREATE TABLE IF NOT EXISTS film (number INTEGER PRIMARY KEY, link TEXT, error TEXT)",
                []
            )
            for outcome in outcomes {
                let values = [
                    SQLValue(outcome.note?["row"]?.integer),
                    SQLValue(outcome.end.artifacts.first?.url?.absoluteString),
                    SQLValue(outcome.end.failure?.message),
                ]
                try transaction.execute("INSERT OR REPLACE INTO film VALUES ($1, $2, $3)", values)
            }
        }
        print(store)
    }

    static func readOutcomes(of store: some JobStore, into films: some FilmTable) async throws {
        for try await delivery in store.deliveries() {
            let end = delivery.outcome.end
            if let row = delivery.outcome.note?["row"]?.integer {
                switch end.kind {
                case .succeeded: try await films.finish(row, link: end.artifacts.first?.url?.absoluteString)
                case .failed, .moderated: try await films.fail(row, because: end.failure?.message ?? "The job failed.")
                case .cancelled, .expired, .gone, .unusable, .deadline:
                    try await films.fail(row, because: end.error?.errorDescription ?? "The job was cancelled.")
                }
            }
            try await delivery.acknowledge()
        }
    }

    static func configure(_ client: FetchClient, _ store: some JobStore) {
        let configuration = JobWorker.Configuration(name: "films-3", timeToLive: .seconds(30), maximumJobs: 20_000)
        let worker = JobWorker(client: client, store: store, configuration: configuration)
        print(worker)
    }

    static func look(at store: some JobStore) async throws {
        let overview = try await store.overview()
        print(overview.waitingJobs, overview.parkedJobs, overview.undeliveredOutcomes, overview.fleet.workers.count)
        for pause in overview.fleet.pauses { print(pause.account, pause.reason) }
    }

    static func retry(in store: some JobStore) async throws {
        let parked = try await store.jobs(JobPage(.parked))
        for job in parked { print(job.job.job, job.parkedReason ?? "") }
        try await store.retry(parked.map(\.id))
    }

    static func pauseAccount(of store: some JobStore) async throws {
        let account = ProviderAccount("modelslab", "t-7")
        try await store.pause(account, for: .seconds(3600), because: "the balance is being topped up")
        try await store.resume(account)
    }

    static func cancelJob(of store: some JobStore) async throws {
        try await store.cancel(JobReference("modelslab.video:42"), tenant: "t-7")
    }

    static func look(at worker: JobWorker) {
        let statistics = worker.statistics
        print(statistics.leasedJobs, statistics.recordedEnds, statistics.returnedJobs, statistics.parkedJobs)
        if !statistics.leftEndpoints.isEmpty { print("can't poll:", statistics.leftEndpoints) }
        if let error = worker.lastStoreError { print(statistics.failedStoreCalls, error) }
    }

    static func run(_ client: FetchClient, _ store: some JobStore) async throws {
        let worker = JobWorker(client: client, store: store)
        try await worker.run()
    }

    static func readResponse(_ outcome: StoredOutcome, _ endpoint: ModelsLabVideoEndpoint) throws {
        if let response = outcome.end.response?.response, let id = Int64(outcome.job.job.id) {
            print(try endpoint.answer(to: id, from: response))
        }
    }

    static func readAgain<Endpoint: FetchEndpoint>(_ outcome: StoredOutcome, _ endpoint: Endpoint) throws
    where Endpoint.ID == String {
        if let stored = outcome.end.response {
            let answer = try endpoint.answer(to: "42", from: stored.response)
            print(answer)
        }
    }

    static func deliveries(of store: some JobStore) async throws {
        for try await delivery in store.deliveries() {
            save(delivery.outcome)
            try await delivery.acknowledge()
        }
    }
}

@Suite("The sample of a store's conformance") struct JobStoreConformanceSample {
    @Test func `the store conforms to the contract`() async throws {
        try await JobStoreConformance { date in InMemoryJobStore(date: date) }.check()
    }
}

struct UnreachableStore: WrappedJobStore {
    let inner: any JobStore

    func renew(_ report: FleetWorker, timeToLive: Duration) async throws -> Fleet? {
        throw JobStoreError(.unavailable, "the network is divided")
    }
}
