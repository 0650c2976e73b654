import Dispatch
import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// Tests of decoders that keep their thread for long. They run on the continuous clock and really keep it, until
/// another task stops them. They don't use the processor, which other tests need: what matters is the thread.
@Suite("Slow decoders", .timeLimit(.minutes(2))) struct SlowDecoderTests {
    /// The number of decoders of one endpoint that run at the same time.
    private static let concurrency = min(max(ProcessInfo.processInfo.activeProcessorCount - 1, 1), 8)

    private func client(
        _ transport: any FetchTransport = ScriptedTransport([.json(#""done""#)]),
        requestTimeout: Duration? = nil
    ) -> FetchClient {
        FetchClient(
            transport: transport,
            credentials: .none,
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(deadline: .seconds(100), requestTimeout: requestTimeout),
                limits: FetchLimits(requestsInFlight: 64)
            )
        )
    }

    @Test func `decoders that use the processor delay no deadline of another provider, and all results come`()
        async throws
    {
        let (client, decoder) = (client(), BusyDecoder())
        let pending = ConfigurableEndpoint<Int>(
            name: "other.jobs",
            provider: "other",
            authorization: .none,
            read: { _ in .pending }
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<32 { group.addTask { _ = try await client.result(decoder.endpoint, id: id) } }
            #expect(await Eventually.holds { decoder.counts.running > 0 })
            // If the decoders had all threads of the pool, this deadline would never be reached.
            for _ in 0..<5 {
                let policy = PollingPolicy(deadline: .milliseconds(50))
                let error = await #expect(throws: FetchError.self) {
                    try await client.result(pending, id: 1, policy: policy)
                }
                #expect(error?.code == .deadlineExceeded)
            }
            #expect(decoder.counts.ended == 0)
            decoder.end()
            try await group.waitForAll()
        }
        #expect(decoder.counts.ended == 32)
        #expect(decoder.counts.maximum <= Self.concurrency)
    }

    @Test func `a request whose time passes while others are decoded fails as timed out`() async throws {
        let decoder = BusyDecoder()
        let (patient, hasty) = (client(), client(requestTimeout: .milliseconds(100)))
        // The decoders of an endpoint are limited in each client.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<Self.concurrency {
                group.addTask { _ = try await hasty.fetch(decoder.endpoint, id: id) }
            }
            #expect(await Eventually.holds { decoder.counts.running == Self.concurrency })
            let error = await #expect(throws: FetchError.self) { try await hasty.fetch(decoder.endpoint, id: 100) }
            #expect(error?.code == .requestTimeout)
            #expect(error?.message.contains("wasn't decoded within 0.1 s") == true)
            decoder.end()
            try await group.waitForAll()
        }
        _ = try await hasty.fetch(decoder.endpoint, id: 101)
        _ = try await patient.fetch(decoder.endpoint, id: 101)
        #expect(decoder.counts.ended == Self.concurrency + 2)
    }

    @Test func `a fetch that is cancelled while others are decoded ends at once, and gives its turn to the next`()
        async throws
    {
        let (client, decoder) = (client(), BusyDecoder())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<Self.concurrency {
                group.addTask { _ = try await client.fetch(decoder.endpoint, id: id) }
            }
            #expect(await Eventually.holds { decoder.counts.running == Self.concurrency })
            let cancelled = Task { try await client.fetch(decoder.endpoint, id: 100) }
            group.addTask { _ = try await client.fetch(decoder.endpoint, id: 101) }
            cancelled.cancel()
            await #expect(throws: CancellationError.self) { try await cancelled.value }
            #expect(decoder.counts.ended == 0)
            decoder.end()
            try await group.waitForAll()
        }
        #expect(decoder.counts.ended == Self.concurrency + 1)
    }

    @Test func `a decoder runs on another thread first, and in place once it has been quick`() async throws {
        let executor = MarkedExecutor()
        let client = client()
        let endpoint = ConfigurableEndpoint<Int>(
            authorization: .none,
            read: { _ in .succeeded(.bool(MarkedExecutor.isCurrent)) }
        )
        func isInPlace() async throws -> Bool {
            let polling = Task(executorPreference: executor) { try await client.fetch(endpoint, id: 1) }
            guard case .succeeded(let value) = try await polling.value else { return false }
            return value == true
        }
        #expect(try await !isInPlace())
        // On a busy machine a quick run can take long.
        #expect(try await holdsSoon { try await isInPlace() })
    }

    private func holdsSoon(_ condition: () async throws -> Bool) async throws -> Bool {
        for _ in 0..<1_000 {
            if try await condition() { return true }
        }
        return false
    }
}

/// A decoder that keeps its thread until it is stopped, and counts its runs.
private final class BusyDecoder: Sendable {
    struct Counts {
        var running = 0
        var maximum = 0
        var ended = 0
    }

    private let isStopped = Flag()
    private let condition = NSCondition()
    private let state = Mutex(Counts())

    var counts: Counts { state.withLock(\.self) }

    var endpoint: ConfigurableEndpoint<Int> {
        ConfigurableEndpoint<Int>(
            name: "busy.jobs",
            provider: "busy",
            authorization: .none,
            read: { [self] response in
                decode()
                return .succeeded(try response.json())
            }
        )
    }

    func end() {
        condition.lock()
        isStopped.set(true)
        condition.broadcast()
        condition.unlock()
    }

    private func decode() {
        state.withLock { counts in
            counts.running += 1
            counts.maximum = max(counts.maximum, counts.running)
        }
        condition.lock()
        while !isStopped.isSet { condition.wait() }
        condition.unlock()
        state.withLock { counts in
            counts.running -= 1
            counts.ended += 1
        }
    }
}

/// A Boolean value that a test sets and a decoder reads.
private final class Flag: Sendable {
    private let value = Atomic(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set(_ value: Bool) { self.value.store(value, ordering: .releasing) }
}

/// An executor whose threads can be told from others.
private final class MarkedExecutor: TaskExecutor {
    private static let key = DispatchSpecificKey<Bool>()

    /// True if the caller runs on such an executor.
    static var isCurrent: Bool { DispatchQueue.getSpecific(key: key) == true }

    private let queue = DispatchQueue(label: "marked")

    init() { queue.setSpecific(key: Self.key, value: true) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
