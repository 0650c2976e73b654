import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `Who leaves` {
    private let nothing = Backlog(endpoints: 1)

    @Test func `leaves ten thousand jobs of a batch at once, and nothing is asked for them`() async throws {
        let depot = Depot(latency: .seconds(5))
        let client = try depot.client()
        try await depot.clock.run {
            let error = await depot.cancelling(after: .seconds(2)) {
                let batch = client.batch()
                for number in 0..<10_000 { batch.add(QueuedJob(try JobReference("depot.crate:0-\(number)"))) }
                for try await _ in batch {}
            }
            #expect(error is CancellationError)
            #expect(client.backlog == nothing)
            try await depot.clock.sleep(for: .seconds(600))
        }
        #expect(depot.requests.count == 32)
        #expect(client.statistics["depot.crate"]?.requests == 32)
    }

    @Test func `leaves ten thousand single waits at once, and nothing is asked for them`() async throws {
        let depot = Depot(latency: .seconds(5))
        let client = try depot.client()
        await depot.clock.run {
            await withTaskGroup { group in
                for number in 0..<10_000 {
                    group.addTask { _ = try? await client.result(Crate(), id: "0-\(number)") }
                }
                try? await depot.clock.sleep(for: .seconds(2))
                group.cancelAll()
            }
            #expect(client.backlog == nothing)
            try? await depot.clock.sleep(for: .seconds(600))
        }
        #expect(depot.requests.count == 32)
        #expect(client.statistics["depot.crate"]?.requests == 32)
    }

    @Test func `leaves the jobs of other batches alone`() async throws {
        let depot = Depot()
        let client = try depot.client()
        try await depot.clock.run {
            let kept = client.batch()
            for number in 0..<10 { kept.add(QueuedJob(try JobReference("depot.crate:30-\(number)"))) }
            kept.finish()
            for round in 0..<50 {
                let left = client.batch()
                for number in 0..<10 { left.add(QueuedJob(try JobReference("depot.crate:30-\(number + round % 10)"))) }
            }
            #expect(client.backlog.jobs == 10 && client.backlog.waits == 10)
            var count = 0
            for try await _ in kept { count += 1 }
            #expect(count == 10)
        }
        #expect(client.backlog == nothing)
    }

    @Test func `isn't followed by a job that is just being added`() async throws {
        let depot = Depot()
        let batch = Mutex<JobBatch?>(nil)
        let client = FetchClient(
            registry: try EndpointRegistry(Crate()),
            transport: depot,
            credentials: .none,
            clock: depot.clock,
            wallClock: {
                // In the middle of adding the job.
                let batch = batch.withLock { $0 }
                _ = batch.map { Leaver.leave($0) }
                return depot.clock.date
            }
        )
        batch.withLock { $0 = client.batch() }
        try await depot.clock.run {
            let job = try JobReference("depot.crate:0")
            batch.withLock { $0 }?.add(QueuedJob(job, submitted: Submission(at: depot.clock.date)))
            #expect(client.backlog == nothing)
            try await depot.clock.sleep(for: .seconds(100))
        }
        batch.withLock { $0 = nil }
        #expect(depot.requests.isEmpty)
    }

    private enum Leaver {
        /// Begins the loop and leaves it.
        static func leave(_ batch: JobBatch) { _ = batch.makeAsyncIterator() }
    }

    @Test func `leaves no timers behind, however long they had to run`() async throws {
        let depot = Depot()
        let client = try depot.client()
        try await depot.clock.run {
            let day = Submission(at: depot.clock.date, eta: .seconds(3000))
            async let kept = client.result(Crate(), id: "20")
            for number in 0..<1_000 {
                let error = await depot.cancelling(after: .milliseconds(1)) {
                    try await client.result(Crate(), id: "\(number)-0", submitted: day)
                }
                #expect(error is CancellationError)
            }
            #expect(client.backlog.entries < 100)
            _ = try await kept
        }
        #expect(client.backlog == nothing)
    }
}
