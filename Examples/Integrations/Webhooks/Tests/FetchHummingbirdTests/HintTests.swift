import FetchCore
import FetchHummingbird
import FetchJobs
import FetchTesting
import FetchWebhooks
import Foundation
import Logging
import ServiceLifecycle
import Testing

@Suite("Hints for a store") struct HintTests {
    private let scenario: WakeScenario

    init() throws { scenario = try WakeScenario() }

    /// Runs a worker and a receiver, sends a message about the job 1 after ten seconds, and returns the time of the
    /// end.
    private func end(tenant: String?, messageOf other: String?) async throws -> Duration {
        let (scenario, clock, store) = (scenario, scenario.clock, scenario.store)
        let receiver = WebhookReceiver(store: store, configuration: scenario.configuration)
        let worker = JobWorker(client: scenario.client, store: store)
        try await store.add([DurableJob("example.clip:1", tenant: tenant)])
        return try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await worker.run() }
                tasks.addTask { try await receiver.run() }
                try await clock.sleep(for: .seconds(10))
                let message = TestSender.genuine.message("m1", at: clock.date)
                _ = try await receiver.receive(message, from: scenario.source, tenant: other)
                for try await _ in store.deliveries(clock: clock) { break }
                tasks.cancelAll()
                return clock.elapsed
            }
        }
    }

    @Test func `a hint in the store has its worker poll the job`() async throws {
        #expect(try await end(tenant: nil, messageOf: nil) < .seconds(15))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `a hint counts for the job of its tenant`() async throws {
        #expect(try await end(tenant: "a", messageOf: "a") < .seconds(15))
    }

    @Test func `a hint for another tenant has no effect`() async throws {
        #expect(try await end(tenant: "a", messageOf: "b") >= .seconds(60))
        #expect(scenario.transport.requests.count == 2)
    }

    @Test func `a slow store delays no response, and its queue is limited`() async throws {
        let (scenario, clock) = (scenario, scenario.clock)
        let store = SlowStore(scenario.store, clock, delay: .seconds(100))
        var configuration = scenario.configuration
        configuration.maximumHints = 3
        configuration.concurrentHints = 1
        let receiver = WebhookReceiver(store: store, configuration: configuration)
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await receiver.run() }
                func result(_ number: Int) async throws -> WebhookResult {
                    let body = #"{"id":"\#(number)"}"#
                    let message = TestSender.genuine.message("m\(number)", body, at: clock.date)
                    return try await receiver.receive(message, from: scenario.source)
                }
                #expect(try await result(1) == .woken(try JobReference("example.clip:1")))
                // The store receives the first one.
                try await clock.sleep(for: .seconds(1))
                for number in 2...4 {
                    #expect(try await result(number) == .woken(try JobReference("example.clip:\(number)")))
                }
                #expect(try await result(5) == .dropped(try JobReference("example.clip:5")))
                // It isn't a replay if the sender repeats it.
                #expect(try await result(5) == .dropped(try JobReference("example.clip:5")))
                #expect(clock.elapsed == .seconds(1))
                #expect(receiver.statistics.droppedHints == 2)
                #expect(receiver.statistics.queuedHints == 3)
                #expect(store.woken.isEmpty)
                try await clock.sleep(for: .seconds(100))
                #expect(try await result(5) == .woken(try JobReference("example.clip:5")))
                try await clock.sleep(for: .seconds(1_000))
                #expect(store.woken == ["1", "2", "3", "4", "5"])
                #expect(receiver.statistics.deliveredHints == 5)
                #expect(receiver.statistics.queuedHints == 0)
                tasks.cancelAll()
            }
        }
    }

    @Test func `a job has one hint in the queue`() async throws {
        let store = SlowStore(scenario.store, scenario.clock)
        let receiver = WebhookReceiver(store: store, configuration: scenario.configuration)
        for number in 0..<10 {
            let message = TestSender.genuine.message("m\(number)", at: scenario.clock.date)
            _ = try await receiver.receive(message, from: scenario.source)
        }
        #expect(receiver.statistics.queuedHints == 1)
        #expect(receiver.statistics.mergedHints == 9)
        #expect(receiver.statistics.woken == 10)
    }

    @Test func `a job whose hint was delivered gets another one`() async throws {
        let (scenario, clock) = (scenario, scenario.clock)
        let store = SlowStore(scenario.store, clock)
        let receiver = WebhookReceiver(store: store, configuration: scenario.configuration)
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await receiver.run() }
                for number in 1...3 {
                    let message = TestSender.genuine.message("m\(number)", at: clock.date)
                    _ = try await receiver.receive(message, from: scenario.source)
                    try await clock.sleep(for: .seconds(1))
                }
                tasks.cancelAll()
            }
        }
        #expect(store.woken == ["1", "1", "1"])
        #expect(receiver.statistics.mergedHints == 0)
    }

    @Test(arguments: [
        (2, JobStoreError.Code.unavailable, ["1"], Duration.seconds(2)), (3, .unavailable, [], .seconds(2)),
        (1, .unusable, [], .zero),
    ])
    func `a hint is tried three times if a retry can help`(
        _ failures: Int,
        _ code: JobStoreError.Code,
        _ woken: [String],
        _ time: Duration
    ) async throws {
        let (scenario, clock) = (scenario, scenario.clock)
        let errors = Array(repeating: JobStoreError(code, "the test has it fail"), count: failures)
        let store = SlowStore(scenario.store, clock, errors: errors)
        let receiver = WebhookReceiver(store: store, configuration: scenario.configuration)
        let message = TestSender.genuine.message("m1", at: clock.date)
        _ = try await receiver.receive(message, from: scenario.source)
        let elapsed = try await shutDownAtOnce(receiver)
        #expect(store.woken == woken)
        #expect(receiver.statistics.deliveredHints == woken.count)
        #expect(receiver.statistics.failedHints == 1 - woken.count)
        #expect(elapsed == time)
    }

    @Test func `a shutdown delivers the hints that are in the queue`() async throws {
        let store = SlowStore(scenario.store, scenario.clock, delay: .seconds(1))
        let receiver = WebhookReceiver(store: store, configuration: scenario.configuration)
        for number in 1...20 {
            let body = #"{"id":"\#(number)"}"#
            let message = TestSender.genuine.message("m\(number)", body, at: scenario.clock.date)
            _ = try await receiver.receive(message, from: scenario.source)
        }
        // Eight at a time.
        #expect(try await shutDownAtOnce(receiver) == .seconds(3))
        #expect(Set(store.woken).count == 20)
        #expect(receiver.statistics.deliveredHints == 20)
    }

    /// Runs a receiver as a service that is shut down as soon as it has begun, and returns the time of its end.
    private func shutDownAtOnce(_ receiver: WebhookReceiver) async throws -> Duration {
        let clock = scenario.clock
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let group = ServiceGroup(services: [receiver], logger: logger)
        return try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await group.run() }
                await group.triggerGracefulShutdown()
                try await tasks.waitForAll()
                return clock.elapsed
            }
        }
    }
}
