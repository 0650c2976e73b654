import FetchCore
import FetchDownload
import FetchDownloadObservability
import FetchJobs
import FetchJobsObservability
import FetchObservability
import Foundation
import Logging
import Tracing

/// The samples in README.md, which the compiler checks.
enum ReadmeSamples {
    static func setUp(
        _ registry: EndpointRegistry,
        _ transport: any FetchTransport,
        _ credentials: Credentials,
        _ logger: Logger
    ) async {
        let telemetry = FetchTelemetry(logger: logger, registry: registry)
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: credentials,
            configuration: FetchClient.Configuration(observer: telemetry)
        )
        await telemetry.run(sampling: client)
    }

    static func observe(_ client: FetchClient, _ telemetry: FetchTelemetry) {
        let batch = client.batch()
        telemetry.observe(batch, named: "films")
    }

    static func observe(_ store: any JobStore, _ worker: JobWorker, _ logger: Logger) async {
        let storeTelemetry = JobStoreTelemetry(of: store, worker: worker, logger: logger)
        await storeTelemetry.run()
    }

    static func download(_ client: FetchClient, _ job: JobReference, into directory: URL) async throws {
        let downloadMetrics = DownloadMetrics()
        let saved = try await client.download(outputsOf: job, into: directory)
        downloadMetrics.record(saved)
    }

    static func trace(_ registry: EndpointRegistry, _ logger: Logger, _ tracer: any Tracer) -> FetchTelemetry {
        let settings = FetchTelemetry.Configuration(tracedRequests: 0.01)
        let telemetry = FetchTelemetry(logger: logger, tracer: tracer, registry: registry, configuration: settings)
        return telemetry
    }

    static func add(to store: any JobStore, _ submission: Submission, _ tracer: any Tracer) async throws {
        try await store.add([DurableJob("modelslab.video:42", submitted: submission).traced(by: tracer)])
    }

    static func deliver(_ store: any JobStore, _ tracer: any Tracer) async throws {
        let spans = OutcomeSpans(tracer)
        for try await delivery in store.deliveries() {
            spans.record(delivery.outcome)
            try await delivery.acknowledge()
        }
    }
}
