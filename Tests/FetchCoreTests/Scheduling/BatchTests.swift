import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A batch` {
    @Test func `hands out outcomes as they come, whatever the order in which jobs were added`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let outcomes = try await depot.clock.run {
            for id in ["90", "5", "30", "0"] { batch.add(QueuedJob(try JobReference(endpoint: "depot.crate", id: id))) }
            batch.finish()
            var outcomes: [(String, Duration)] = []
            for try await outcome in batch { outcomes.append((outcome.job.id, depot.clock.elapsed)) }
            return outcomes
        }
        #expect(outcomes.map(\.0) == ["0", "5", "30", "90"])
        #expect(outcomes.map(\.1) == [0, 10, 30, 90].map { .seconds($0) })
    }

    @Test func `takes jobs while it runs, and ends when it is finished and empty`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let ids = try await depot.clock.run {
            batch.add(QueuedJob(try JobReference("depot.crate:0")))
            var ids: [String] = []
            for try await outcome in batch {
                ids.append(outcome.job.id)
                if ids.count < 4 { batch.add(QueuedJob(try JobReference("depot.crate:\(ids.count * 50)"))) }
                if ids.count == 4 { batch.finish() }
            }
            return ids
        }
        #expect(ids == ["0", "50", "100", "150"])
        #expect(batch.count == 0)
        batch.add(QueuedJob(try JobReference("depot.crate:7")))
        #expect(batch.count == 0, "it is finished")
    }

    @Test func `gives each failure to its own job`() async throws {
        let depot = Depot { id, _ in
            switch id {
            case "0-lost": FetchResponse(status: 200, body: Data("lost".utf8))
            case "0-secret": FetchResponse(status: 401)
            default: nil
            }
        }
        let batch = try depot.client(policy: PollingPolicy(deadline: .seconds(60))).batch()
        let codes = try await depot.clock.run {
            for text in [
                "depot.crate:0-lost", "depot.crate:0-secret", "nowhere.crate:1", "depot.crate:900", "depot.crate:0",
            ] {
                batch.add(QueuedJob(try JobReference(text)))
            }
            batch.finish()
            var codes: [String: FetchError.Code?] = [:]
            for try await outcome in batch {
                if case .failure(let error) = outcome.result {
                    #expect(error.endpoint == outcome.job.endpoint && error.id == outcome.job.id)
                    codes[outcome.job.description] = error.code
                } else {
                    codes[outcome.job.description] = .some(nil)
                }
            }
            return codes
        }
        #expect(
            codes == [
                "depot.crate:0-lost": .jobFailed, "depot.crate:0-secret": .unauthorized,
                "nowhere.crate:1": .unknownEndpoint, "depot.crate:900": .deadlineExceeded, "depot.crate:0": nil,
            ]
        )
    }

    @Test func `takes a job once, however often it is added`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let count = try await depot.clock.run {
            for _ in 0..<10 { batch.add(QueuedJob(try JobReference("depot.crate:25"))) }
            #expect(batch.count == 1)
            batch.finish()
            var count = 0
            for try await _ in batch { count += 1 }
            return count
        }
        #expect(count == 1)
        #expect(depot.requests.count == 4)
    }

    @Test func `lets go of jobs that are cancelled, without an outcome`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let jobs = try (0..<10).map { try JobReference("depot.crate:50-\($0)") }
        let outcomes = try await depot.clock.run {
            for job in jobs { batch.add(QueuedJob(job)) }
            batch.finish()
            try await depot.clock.sleep(for: .seconds(15))
            for job in jobs.prefix(5) { #expect(batch.cancel(job)) }
            #expect(!batch.cancel(jobs[0]), "it is gone")
            var outcomes: Set<String> = []
            for try await outcome in batch { outcomes.insert(outcome.job.id) }
            return outcomes
        }
        #expect(outcomes == Set(jobs.suffix(5).map(\.id)))
        #expect(depot.times(of: "50-0").last == .seconds(10))
    }

    @Test func `ends when its last job is cancelled`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let job = try JobReference("depot.crate:900")
        let isOver = try await depot.clock.run {
            batch.add(QueuedJob(job))
            batch.finish()
            async let next = batch.first { _ in true }
            try await depot.clock.sleep(for: .seconds(15))
            batch.cancel(job)
            return try await next == nil
        }
        #expect(isOver)
    }

    @Test func `asks nothing more when its loop is left, or its task is cancelled`() async throws {
        let depot = Depot()
        let client = try depot.client()
        let jobs = try [0, 400, 500].map { try JobReference("depot.crate:\($0)") }
        try await depot.clock.run {
            let left = client.batch()
            for job in jobs { left.add(QueuedJob(job)) }
            for try await _ in left { break }
            let count = depot.requests.count
            try await depot.clock.sleep(for: .seconds(600))
            #expect(depot.requests.count == count)

            let error = await depot.cancelling(after: .seconds(45)) {
                let batch = client.batch()
                for job in jobs { batch.add(QueuedJob(try JobReference("other.crate:\(job.id)00"))) }
                for try await _ in batch {}
            }
            #expect(error is CancellationError)
            let after = depot.requests.count
            try await depot.clock.sleep(for: .seconds(600))
            #expect(depot.requests.count == after)
        }
    }

    @Test func `has one loop, and a second one ends at once`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        let isOver = try await depot.clock.run {
            for id in ["0", "500"] { batch.add(QueuedJob(try JobReference(endpoint: "depot.crate", id: id))) }
            for try await _ in batch { break }
            return try await batch.first { _ in true } == nil
        }
        #expect(isOver)
    }

    @Test func `that nobody takes outcomes from stops asking`() async throws {
        let depot = Depot()
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 10))
        let batch = client.batch()
        let (held, all) = try await depot.clock.run {
            for number in 0..<5_000 { batch.add(QueuedJob(try JobReference("depot.crate:0-\(number)"))) }
            batch.finish()
            try await depot.clock.sleep(for: .seconds(60))
            let held = depot.requests.count
            var all = 0
            for try await outcome in batch {
                all += 1
                #expect(throws: Never.self) { try outcome.result.get() }
            }
            return (held, all)
        }
        #expect(held >= 1_000 && held <= 1_010)
        #expect(all == 5_000)
        #expect(depot.requests.count == 5_000)
    }

    @Test func `of a million jobs of an unknown endpoint has a million errors, and asks nothing`() async throws {
        let depot = Depot()
        let batch = try depot.client().batch()
        for number in 0..<20_000 { batch.add(QueuedJob(try JobReference("nowhere.crate:\(number)"))) }
        batch.finish()
        let ids = try await depot.clock.run {
            var ids: Set<String> = []
            for try await outcome in batch {
                guard case .failure(let error) = outcome.result, error.code == .unknownEndpoint else { continue }
                if error.id == outcome.job.id { ids.insert(outcome.job.id) }
            }
            return ids
        }
        #expect(ids.count == 20_000)
        #expect(depot.requests.isEmpty)
    }
}
