import FetchCore
import FetchJobs
import FetchServiceLifecycle
import FetchTesting
import Foundation
import ServiceLifecycle
import Testing

@Suite("Deliveries as services") struct JobDeliveriesServiceTests {
    /// Adds jobs that have ended.
    private func addOutcomes(_ numbers: ClosedRange<Int>, to scenario: ServiceScenario) async throws {
        try await scenario.add(numbers)
        for number in numbers { try await scenario.store.cancel(JobReference("example.clip:\(number)"), tenant: nil) }
    }

    @Test func `outcomes are handled one after the other and acknowledged`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let events = EventList()
        let service = JobDeliveriesService(of: scenario.store, clock: scenario.clock) { outcome in
            events.add("begin \(outcome.job.job.id)")
            try await scenario.clock.sleep(for: .seconds(1))
            events.add("end \(outcome.job.job.id)")
        }
        try await scenario.shutDown([service]) {
            try await addOutcomes(1...3, to: scenario)
            try await scenario.clock.sleep(for: .seconds(10))
        }
        #expect(events.events == ["begin 1", "end 1", "begin 2", "end 2", "begin 3", "end 3"])
        #expect(try await scenario.store.overview().undeliveredOutcomes == 0)
    }

    @Test func `a shutdown finishes the outcome that is being handled, and takes no other`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let events = EventList()
        let service = JobDeliveriesService(of: scenario.store, clock: scenario.clock) { outcome in
            try await scenario.clock.sleep(for: .seconds(10))
            events.add(outcome.job.job.id)
        }
        let time = try await scenario.shutDown([service]) {
            try await addOutcomes(1...5, to: scenario)
            // In the middle of the second one.
            try await scenario.clock.sleep(for: .seconds(15))
        }
        #expect(events.events == ["1", "2"])
        #expect(time > .seconds(4) && time <= .seconds(6))
        #expect(try await scenario.store.overview().undeliveredOutcomes == 3)
        // The others can be taken at once.
        let rest = try await scenario.store.takeDeliveries(limit: 10, for: .seconds(1))
        #expect(rest.map(\.job.job.id) == ["3", "4", "5"])
    }

    @Test func `a shutdown without an outcome takes no time`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let service = JobDeliveriesService(of: scenario.store, clock: scenario.clock) { _ in }
        let time = try await scenario.shutDown([service]) {
            try await scenario.clock.sleep(for: .milliseconds(1_500))
        }
        #expect(time == .zero)
    }

    @Test func `an error of the function ends the group, and the outcome is delivered again`() async throws {
        struct Failure: Error {}
        let scenario = try ServiceScenario { _ in .pending }
        let service = JobDeliveriesService(of: scenario.store, clock: scenario.clock) { _ in throw Failure() }
        try await addOutcomes(1...2, to: scenario)
        await #expect(throws: Failure.self) {
            try await scenario.run([ServiceGroupConfiguration.ServiceConfiguration(service: service)])
        }
        #expect(try await scenario.store.overview().undeliveredOutcomes == 2)
        try await scenario.clock.run { try await scenario.clock.sleep(for: .seconds(61)) }
        let again = try await scenario.store.takeDeliveries(limit: 10, for: .seconds(1))
        #expect(Set(again.map(\.job.job.id)) == ["1", "2"])
    }

    @Test func `cancellation ends the service in the middle of an outcome`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let service = JobDeliveriesService(of: scenario.store, clock: scenario.clock) { _ in
            try await scenario.clock.sleep(for: .seconds(3_600))
        }
        try await scenario.clock.run {
            try await addOutcomes(1...1, to: scenario)
            await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await service.run() }
                try? await scenario.clock.sleep(for: .seconds(5))
                tasks.cancelAll()
                let result = await tasks.nextResult()
                #expect(throws: CancellationError.self) { try result?.get() }
            }
        }
        #expect(scenario.clock.elapsed == .seconds(5))
        #expect(try await scenario.store.overview().undeliveredOutcomes == 1)
    }
}
