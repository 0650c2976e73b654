import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// A client on a virtual clock in front of a scripted provider that notes when it is asked.
struct Office {
    let clock: VirtualClock
    let client: FetchClient
    private let log: RequestLog

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
        let log = RequestLog(transport: transport, clock: clock)
        self.clock = clock
        self.log = log
        client = FetchClient(
            registry: registry,
            transport: log,
            credentials: credentials,
            policy: policy,
            responseLimit: responseLimit,
            clock: clock,
            wallClock: clock.wallClock,
            random: random
        )
    }

    /// A provider with one job that is ready at a moment of the clock.
    static func job(
        readyAt moment: Duration,
        latency: Duration = .zero,
        policy: PollingPolicy = PollingPolicy()
    ) -> Office {
        let clock = VirtualClock()
        return Office([.job(readyAt: moment, on: clock).after(latency)], clock: clock, policy: policy)
    }

    /// When requests were sent, on the clock.
    var requestTimes: [Duration] { log.requests.map(\.time) }

    /// The URLs that were asked.
    var requestURLs: [URL] { log.requests.map(\.url) }

    /// The times between requests.
    var gaps: [Duration] { zip(requestTimes.dropFirst(), requestTimes).map { $0 - $1 } }

    /// Waits for the job and notes all that the caller sees.
    func wait(submitted: Submission? = nil, policy: PollingPolicy? = nil) async -> Course {
        await clock.run {
            var course = Course()
            do {
                for try await update in client.updates(Parcel(), id: 7, submitted: submitted, policy: policy) {
                    course.updates.append(update)
                }
            } catch {
                course.error = error
            }
            course.end = clock.elapsed
            return course
        }
    }

    /// Runs an operation as a task that is cancelled after a while, and returns what it ended with and when.
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

/// What the caller of one wait sees.
struct Course: Sendable {
    var updates: [FetchUpdate<String>] = []
    var error: (any Error)?
    /// When the wait ended, on the clock.
    var end: Duration = .zero

    var fetchError: FetchError? { error as? FetchError }

    /// The output that the wait ended with.
    var output: String? {
        if case .succeeded(let output)? = updates.last?.state { output } else { nil }
    }
}

/// Passes requests on and notes when and whom they ask.
private final class RequestLog: FetchTransport {
    private let transport: any FetchTransport
    private let clock: VirtualClock
    private let noted = Mutex<[(time: Duration, url: URL)]>([])

    init(transport: any FetchTransport, clock: VirtualClock) {
        self.transport = transport
        self.clock = clock
    }

    var requests: [(time: Duration, url: URL)] { noted.withLock { $0 } }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        noted.withLock { $0.append((clock.elapsed, request.url)) }
        return try await transport.send(request)
    }
}

extension Duration {
    var magnitudeInSeconds: Double { abs(seconds) }
}
