import FetchCore
import FetchJobs
import FetchTesting
import Foundation
import Logging
import ServiceLifecycle

/// A client, a store and a group of services on a virtual clock.
struct ServiceScenario {
    let clock = VirtualClock()
    let store: UnreachableStore
    let client: FetchClient
    let transport: ScriptedTransport

    /// Creates a scenario.
    ///
    /// - Parameters:
    ///   - observer: Receives the events of the client. Defaults to none.
    ///   - respond: Returns the response to a request, by the id of the job. It comes after 300 milliseconds.
    /// - Throws: `FetchError` if the registry refuses the endpoint.
    init(
        observer: (@Sendable (FetchClient.Environment) -> any FetchObserver)? = nil,
        _ respond: @escaping @Sendable (String) throws -> FetchResponse
    ) throws {
        store = UnreachableStore(InMemoryJobStore(date: clock.wallClock), clock)
        transport = ScriptedTransport(
            [.init { try respond($0.url.lastPathComponent) }.after(.milliseconds(300))],
            clock: clock
        )
        let environment = FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        client = FetchClient(
            registry: try EndpointRegistry(Clip()),
            transport: transport,
            credentials: .fixed(["example": APIKey("test-key")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(schedule: .fixed(.seconds(5))),
                observer: observer?(environment)
            ),
            environment: environment
        )
    }

    /// Returns a worker.
    func worker(timeToLive: Duration = .seconds(60)) -> JobWorker {
        JobWorker(client: client, store: store, configuration: JobWorker.Configuration(timeToLive: timeToLive))
    }

    /// Adds jobs with the numbers of a range.
    func add(_ numbers: ClosedRange<Int>) async throws {
        try await store.add(numbers.map { try DurableJob("example.clip:\($0)") })
    }

    /// Runs services while an operation runs, and then shuts them down gracefully.
    ///
    /// - Parameters:
    ///   - services: The services.
    ///   - operation: The operation.
    /// - Returns: The time of the shutdown.
    /// - Throws: The error of the group or of the operation.
    @discardableResult
    func shutDown(
        _ services: [any Service],
        after operation: @escaping @Sendable () async throws -> Void
    ) async throws -> Duration {
        let group = ServiceGroup(services: services, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        return try await clock.run { [clock] in
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                try await operation()
                let beginning = clock.elapsed
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return clock.elapsed - beginning
            }
        }
    }

    /// Runs services until their group ends by itself.
    func run(_ services: [ServiceGroupConfiguration.ServiceConfiguration]) async throws {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(configuration: ServiceGroupConfiguration(services: services, logger: logger))
        try await clock.run { try await group.run() }
    }
}
