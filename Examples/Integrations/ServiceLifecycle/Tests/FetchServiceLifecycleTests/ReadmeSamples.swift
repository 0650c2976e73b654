import FetchCore
import FetchCurl
import FetchJobs
import FetchJobsObservability
import FetchObservability
import FetchSQLite
import FetchServiceLifecycle
import Logging
import ModelsLabVideo
import ServiceLifecycle
import UnixSignals

struct FilmService {
    static func main() async throws {
        let logger = Logger(label: "films")
        let registry = try EndpointRegistry(.modelsLabVideo)
        let telemetry = FetchTelemetry(logger: logger, registry: registry)
        let client = try FetchClient(
            registry: registry,
            transport: .curl,
            credentials: .environment,
            configuration: FetchClient.Configuration(observer: telemetry)
        )
        let store = try SQLiteJobStore(path: "jobs.sqlite")
        let worker = JobWorker(client: client, store: store)
        let storeTelemetry = JobStoreTelemetry(of: store, worker: worker, logger: logger)

        // The last one is shut down first, and the telemetry last.
        let services: [any Service] = [
            CancellableService("telemetry") { await telemetry.run(sampling: client) },
            CancellableService("store telemetry") { await storeTelemetry.run() },
            JobDeliveriesService(of: store) { outcome in
                print(outcome)  // Save it here.
            },
            JobWorkerService(worker),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                // If one fails, the others end in order, too.
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: $0,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: [.sigterm],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
    }
}

/// The samples in README.md, which the compiler checks.
enum ReadmeSamples {
    static func services(_ batch: JobBatch, _ table: any FilmTable) -> any Service {
        let service = JobBatchService(batch) { outcome in
            try await table.save(outcome)
        } saving: { waiting in
            try await table.save(waiting)
        }
        return service
    }
}

/// A table of an application.
protocol FilmTable: Sendable {
    func save(_ outcome: JobOutcome) async throws
    func save(_ waiting: BatchSnapshot) async throws
}
