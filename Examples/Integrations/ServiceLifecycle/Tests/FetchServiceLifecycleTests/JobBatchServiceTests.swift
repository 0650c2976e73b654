import FetchCore
import FetchServiceLifecycle
import FetchTesting
import Foundation
import ServiceLifecycle
import Synchronization
import Testing

@Suite("Batches as services") struct JobBatchServiceTests {
    @Test func `at a shutdown, each job is handled or saved`() async throws {
        let scenario = try ServiceScenario { Int($0) ?? 0 <= 10 ? .done : .pending }
        let batch = scenario.client.batch()
        let handled = EventList()
        let saved = Mutex<BatchSnapshot?>(nil)
        let service = JobBatchService(batch) { outcome in
            // Slower than the outcomes come, so that some are left at the shutdown.
            try await scenario.clock.sleep(for: .seconds(1))
            handled.add(outcome.job.id)
        } saving: { snapshot in
            saved.withLock { $0 = snapshot }
        }
        let time = try await scenario.shutDown([service]) {
            for number in 1...30 { batch.add(QueuedJob(try JobReference("example.clip:\(number)"))) }
            try await scenario.clock.sleep(for: .seconds(4))
            #expect(handled.events.count < 10)
        }
        let waiting = try #require(saved.withLock { $0 })
        #expect(handled.events.count == 10)
        #expect(waiting.jobs.count == 20)
        #expect(Set(handled.events + waiting.jobs.map(\.job.id)) == Set((1...30).map { "\($0)" }))
        #expect(time < .seconds(9))
        let requests = scenario.transport.requests.count
        try await scenario.clock.run { try await scenario.clock.sleep(for: .seconds(60)) }
        #expect(scenario.transport.requests.count == requests)
    }

    @Test func `a batch that ends by itself saves nothing`() async throws {
        let scenario = try ServiceScenario { _ in .done }
        let batch = scenario.client.outcomes(of: [try JobReference("example.clip:1")])
        let events = EventList()
        let service = JobBatchService(batch) { _ in
            events.add("handled")
        } saving: { _ in
            events.add("saved")
        }
        try await scenario.run([
            ServiceGroupConfiguration.ServiceConfiguration(
                service: service,
                successTerminationBehavior: .gracefullyShutdownGroup
            )
        ])
        #expect(events.events == ["handled"])
    }
}
