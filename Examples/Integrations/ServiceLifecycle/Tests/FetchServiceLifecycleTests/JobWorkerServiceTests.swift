import FetchCore
import FetchJobs
import FetchServiceLifecycle
import FetchTesting
import Foundation
import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@Suite("Workers as services") struct JobWorkerServiceTests {
    /// Returns the jobs of a store that a worker has leased.
    private func leasedJobs(_ scenario: ServiceScenario) async throws -> Int {
        try await scenario.store.jobs(JobPage(.waiting, limit: 1_000)).count { $0.worker != nil }
    }

    @Test func `a graceful shutdown in the middle of jobs gives them back within two seconds`() async throws {
        let scenario = try ServiceScenario { Int($0) ?? 0 <= 5 ? .done : .pending }
        let (clock, worker) = (scenario.clock, scenario.worker())
        let time = try await scenario.shutDown([JobWorkerService(worker)]) {
            try await scenario.add(1...40)
            // Some requests are in flight.
            try await clock.sleep(for: .milliseconds(20_100))
            #expect(try await leasedJobs(scenario) == 35)
        }
        #expect(time <= .seconds(2))
        #expect(try await leasedJobs(scenario) == 0)
        let overview = try await scenario.store.overview()
        #expect(overview.fleet.workers.isEmpty)
        #expect(overview.waitingJobs == 35)
        #expect(overview.undeliveredOutcomes == 5)
        #expect(worker.statistics.returnedJobs == 35)
        #expect(try await scenario.store.jobs(JobPage(.waiting)).allSatisfy { $0.deaths == 0 })
    }

    @Test func `another worker leases the jobs at once`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        try await scenario.shutDown([JobWorkerService(scenario.worker())]) {
            try await scenario.add(1...10)
            try await scenario.clock.sleep(for: .seconds(30))
        }
        let beginning = scenario.clock.elapsed
        let next = scenario.worker()
        try await scenario.shutDown([JobWorkerService(next)]) {
            while try await leasedJobs(scenario) < 10 { try await scenario.clock.sleep(for: .milliseconds(100)) }
        }
        // A worker that was killed would have kept them for a minute.
        #expect(scenario.clock.elapsed - beginning < .seconds(12))
        #expect(next.statistics.leasedJobs == 10)
    }

    @Test(arguments: [12, 60, 120])
    func `if the store is unreachable, a shutdown takes a sixth of the time to live`(timeToLive: Int) async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let worker = scenario.worker(timeToLive: .seconds(timeToLive))
        let time = try await scenario.shutDown([JobWorkerService(worker)]) {
            try await scenario.add(1...10)
            try await scenario.clock.sleep(for: .seconds(1))
            scenario.store.disconnect()
        }
        #expect(time <= .seconds(timeToLive) / 6)
        #expect(time > .seconds(timeToLive) / 10)
    }

    @Test func `cancellation gives the jobs back too`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let service = JobWorkerService(scenario.worker())
        await scenario.clock.run {
            await withThrowingTaskGroup(of: Void.self) { tasks in
                tasks.addTask { try await service.run() }
                do {
                    try await scenario.add(1...10)
                    try await scenario.clock.sleep(for: .seconds(20))
                } catch {
                    Issue.record(error)
                }
                tasks.cancelAll()
                let result = await tasks.nextResult()
                #expect(throws: CancellationError.self) { try result?.get() }
            }
        }
        #expect(try await leasedJobs(scenario) == 0)
        #expect(try await scenario.store.overview().fleet.workers.isEmpty)
    }

    @Test func `an error of the worker ends the group with that error`() async throws {
        let scenario = try ServiceScenario { _ in
            throw FetchError(.transportUnavailable, "there is no library", remedy: "Install it.")
        }
        let events = EventList()
        try await scenario.add(1...3)
        let error = await #expect(throws: FetchError.self) {
            try await scenario.run([
                ServiceGroupConfiguration.ServiceConfiguration(
                    service: CancellableService("first") {
                        defer { events.add("first has ended") }
                        try await scenario.clock.sleep(for: .seconds(3_600))
                    }
                ),
                ServiceGroupConfiguration.ServiceConfiguration(service: JobWorkerService(scenario.worker())),
            ])
        }
        #expect(error?.code == .transportUnavailable)
        #expect(events.events == ["first has ended"])
        #expect(scenario.clock.elapsed < .seconds(60))
        #expect(try await leasedJobs(scenario) == 0)
    }

    @Test func `a shutdown that was triggered before ends the service at once`() async throws {
        let scenario = try ServiceScenario { _ in .pending }
        let service = JobWorkerService(scenario.worker())
        try await scenario.clock.run {
            try await testGracefulShutdown { trigger in
                trigger.triggerGracefulShutdown()
                try await service.run()
            }
        }
        #expect(scenario.clock.elapsed < .seconds(2))
        #expect(try await scenario.store.overview().fleet.workers.isEmpty)
    }

    @Test func `services have names for the log of their group`() throws {
        let scenario = try ServiceScenario { _ in .pending }
        #expect("\(JobWorkerService(scenario.worker()))" == "worker")
        #expect("\(JobDeliveriesService(of: scenario.store) { _ in })" == "deliveries")
        #expect("\(JobBatchService(scenario.client.batch()) { _ in } saving: { _ in })" == "batch")
        #expect("\(CancellableService("telemetry") {})" == "telemetry")
    }
}
