import FetchCore
import FetchCurl
import FetchJobs
import FetchJobsObservability
import FetchObservability
import FetchSQLite
import FetchServiceLifecycle
import FetchTesting
import Foundation
import Logging
import ModelsLabVideo
import ServiceLifecycle
import UnixSignals

/// A service with simulated jobs in a store, to be ended by SIGTERM or Ctrl-C, and to be started again.
///
///     swift run --package-path Examples/Integrations/ServiceLifecycle film-service [FOLDER]
@main
struct FilmService {
    static func main() async throws {
        let folder = CommandLine.arguments.dropFirst().first.map { URL(filePath: $0, directoryHint: .isDirectory) }
        try await run(in: folder ?? FileManager.default.temporaryDirectory.appending(path: "film-service"))
    }

    private static func run(in folder: URL) async throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let logger = Logger(label: "films") { StreamLogHandler.standardError(label: $0) }
        let server = try simulatedProvider()
        defer { server.stop() }

        let registry = try EndpointRegistry(.modelsLabVideo)
        let telemetry = FetchTelemetry(logger: logger, registry: registry)
        let client = try FetchClient(
            registry: registry,
            transport: .curl,
            credentials: .fixed(["modelslab": APIKey("sk-simulated")]),
            configuration: FetchClient.Configuration(observer: telemetry, origins: ["modelslab": server.origin])
        )
        let store = try SQLiteJobStore(path: folder.appending(path: "jobs.sqlite").path(percentEncoded: false))
        try await store.add(jobs.map { try DurableJob("modelslab.video:\($0.id)") })
        let worker = JobWorker(client: client, store: store)
        let storeTelemetry = JobStoreTelemetry(of: store, worker: worker, logger: logger)

        let services: [any Service] = [
            CancellableService("telemetry") { await telemetry.run(sampling: client) },
            CancellableService("store telemetry") { await storeTelemetry.run() },
            JobDeliveriesService(of: store) { outcome in
                logger.info("Outcome is saved", metadata: ["outcome": "\(outcome)"])
            },
            JobWorkerService(worker),
        ]
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: $0,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = .seconds(20)
        try await ServiceGroup(configuration: configuration).run()
        let overview = try await store.overview()
        logger.info("Everything was given back", metadata: ["waiting": "\(overview.waitingJobs)"])
    }

    /// Jobs that end after some seconds, and others that take an hour.
    private static let jobs =
        (1...3).map { SimulatedModelsLab.Job(family: "video", id: "\($0)", duration: .seconds($0)) }
        + (4...20).map { SimulatedModelsLab.Job(family: "video", id: "\($0)", duration: .seconds(3_600)) }

    private static func simulatedProvider() throws -> LoopbackServer {
        try LoopbackServer(serving: SimulatedModelsLab(keys: ["modelslab": "sk-simulated"], jobs: jobs))
    }
}
