import FetchCore
import FetchObservability
import FetchTesting
import Foundation
import InMemoryLogging
import InMemoryTracing
import Logging
import MetricsTestKit
import Tracing

/// A client with scripted responses on a virtual clock, and telemetry that records everything in memory.
struct TelemetryScenario {
    let clock = VirtualClock()
    let log = InMemoryLogHandler()
    let metrics = TestMetrics()
    let tracer = InMemoryTracer()
    let telemetry: FetchTelemetry
    let client: FetchClient
    let transport: ScriptedTransport

    /// - Parameters:
    ///   - steps: The responses.
    ///   - level: The level of the logger. Defaults to all lines.
    ///   - key: The key of the client. Defaults to any.
    ///   - endpoint: The registered endpoint.
    ///   - configuration: The settings of the telemetry.
    /// - Throws: `FetchError` if the registry refuses the endpoint.
    init(
        _ steps: [ScriptedTransport.Step],
        level: Logger.Level = .trace,
        key: APIKey? = APIKey("test-key"),
        endpoint: Clip = Clip(),
        _ configuration: FetchTelemetry.Configuration = FetchTelemetry.Configuration()
    ) throws {
        var logger = Logger(label: "test") { [log] _ in log }
        logger.logLevel = level
        let registry = try EndpointRegistry(endpoint)
        let environment = FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        telemetry = FetchTelemetry(
            logger: logger,
            metrics: metrics,
            tracer: tracer,
            registry: registry,
            configuration: configuration,
            environment: environment
        )
        transport = ScriptedTransport(steps, clock: clock)
        client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: .fixed(key.map { ["example": $0] } ?? [:]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(.seconds(5))),
                observer: telemetry
            ),
            environment: environment
        )
    }

    /// Runs an operation while the telemetry runs, and the end of the telemetry after it.
    func run(_ operation: @escaping @Sendable (FetchClient) async throws -> Void) async throws {
        try await clock.run { [telemetry, client] in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await telemetry.run(sampling: client) }
                try await operation(client)
                group.cancelAll()
            }
        }
    }

    /// The lines with a message.
    func lines(_ message: String) -> [InMemoryLogHandler.Entry] {
        log.entries.filter { $0.message.description == message }
    }

    /// Everything that was written, as one string.
    var everything: String { "\(log.entries)\n\(metrics.everything)\n\(tracer.finishedSpans.map(\.everything))" }
}

extension ScriptedTransport.Step {
    /// A response after half a second.
    static func response(_ body: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
        .json(body, status: status, headers: headers).after(.milliseconds(500))
    }

    static var pending: Self { response(#"{"status":"processing"}"#) }
    static var done: Self {
        response(#"{"status":"done","link":"https://files.example.com/a.mp4?X-Amz-Signature=cafe"}"#)
    }
    static var failed: Self { response(#"{"status":"failed","message":"no face"}"#) }
    static var lost: Self { .failure(URLError(.networkConnectionLost)) }
    static var throttled: Self { response("{}", status: 429, headers: ["Retry-After": "7"]) }
    static var refused: Self { response("{}", status: 401) }
}

extension FinishedInMemorySpan {
    /// The name and the attributes of the span.
    var everything: String {
        var attributes: [String] = []
        self.attributes.forEach { key, value in attributes.append("\(key)=\(value)") }
        return "\(operationName) \(attributes) \(String(describing: status)) \(links) \(events)"
    }
}
