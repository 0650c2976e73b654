import FetchCore
import FetchTesting
import Foundation
import TestSupport

/// A client on a virtual clock with a scripted transport that records the requests.
struct PollingHarness {
    let clock: VirtualClock
    let client: FetchClient
    private let recorder: RecordingTransport

    init(
        _ steps: [ScriptedTransport.Step],
        clock: VirtualClock = VirtualClock(),
        policy: PollingPolicy = PollingPolicy(),
        credentials: Credentials = .none,
        responseLimit: Int = 1 << 20,
        registry: EndpointRegistry = EndpointRegistry(),
        random: @escaping @Sendable () -> Double = { 0.5 }
    ) {
        self.init(
            ScriptedTransport(steps, clock: clock),
            clock: clock,
            policy: policy,
            credentials: credentials,
            responseLimit: responseLimit,
            registry: registry,
            random: random
        )
    }

    init(
        _ transport: any FetchTransport,
        clock: VirtualClock,
        policy: PollingPolicy = PollingPolicy(),
        credentials: Credentials = .none,
        responseLimit: Int = 1 << 20,
        registry: EndpointRegistry = EndpointRegistry(),
        random: @escaping @Sendable () -> Double = { 0.5 }
    ) {
        let recorder = RecordingTransport(transport: transport, clock: clock)
        self.clock = clock
        self.recorder = recorder
        client = FetchClient(
            registry: registry,
            transport: recorder,
            credentials: credentials,
            configuration: FetchClient.Configuration(policy: policy, responseLimit: responseLimit),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: random)
        )
    }

    /// Returns a harness whose only job is done at a given time of the clock.
    static func job(
        readyAt time: Duration,
        latency: Duration = .zero,
        policy: PollingPolicy = PollingPolicy()
    ) -> PollingHarness {
        let clock = VirtualClock()
        return PollingHarness([.job(readyAt: time, on: clock).after(latency)], clock: clock, policy: policy)
    }

    /// The times of the requests on the virtual clock.
    var requestTimes: [Duration] { recorder.requests.events.map(\.time) }

    /// The URLs of the requests, in order.
    var requestURLs: [URL] { recorder.requests.events.map(\.url) }

    /// The times between consecutive requests.
    var gaps: [Duration] { zip(requestTimes.dropFirst(), requestTimes).map { $0 - $1 } }

    /// Polls job 7 to the end and returns all that a caller receives.
    func poll(
        _ endpoint: JSONStateEndpoint = JSONStateEndpoint(),
        submitted: Submission? = nil,
        policy: PollingPolicy? = nil
    ) async -> PollingRun {
        await clock.run {
            var run = PollingRun()
            do {
                for try await update in client.updates(endpoint, id: 7, submitted: submitted, policy: policy) {
                    run.updates.append(update)
                }
            } catch {
                run.error = error
            }
            run.end = clock.elapsed
            return run
        }
    }

    /// Runs an operation in a task that is cancelled after a delay, and returns its result and the time of its end.
    func cancelling<Value: Sendable>(
        after delay: Duration,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async -> (result: Result<Value, any Error>, end: Duration) {
        await clock.run {
            await withTaskGroup(of: Result<Value, any Error>.self) { group in
                if delay <= .zero { group.cancelAll() }
                group.addTask {
                    do { return .success(try await operation()) } catch { return .failure(error) }
                }
                if delay > .zero { try? await clock.sleep(for: delay) }
                group.cancelAll()
                let result = await group.next() ?? .failure(CancellationError())
                return (result, clock.elapsed)
            }
        }
    }
}

/// A transport that records the time and URL of each request and passes it on.
private struct RecordingTransport: FetchTransport {
    let transport: any FetchTransport
    let clock: VirtualClock
    let requests = EventLog<(time: Duration, url: URL)>()

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        requests.record((clock.elapsed, request.url))
        return try await transport.send(request)
    }
}
