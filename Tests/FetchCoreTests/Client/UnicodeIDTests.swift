import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of ids that are equal as Swift strings, but differ in their bytes: the server knows them as two jobs.
@Suite("Ids that differ by Unicode normalization") struct UnicodeIDTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"
    private static let ids = [composed, decomposed]

    private let jobs: [JobReference]

    /// The job with the composed id is done at once, and the other one after twenty seconds.
    private let harness = SchedulingHarness { id, time in
        let isReady = id.utf8.count == UnicodeIDTests.composed.utf8.count || time >= .seconds(20)
        return FetchResponse(status: 200, body: Data((isReady ? "ready" : "pending").utf8))
    }

    init() throws { jobs = try Self.ids.map { try JobReference(endpoint: "test.job", id: $0) } }

    private func bytes(_ texts: [String]) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    private func outputs(_ outcomes: some Sequence<JobOutcome>) -> Set<[UInt8]> {
        Set(outcomes.compactMap { $0.result.output?.outputArtifacts.first?.text }.map { Array($0.utf8) })
    }

    private var expectedOutputs: Set<[UInt8]> { Set(Self.ids.map { Array("output \($0)".utf8) }) }

    @Test func `references are different, in a set, as keys and when they are stored`() throws {
        #expect(Self.composed == Self.decomposed)
        #expect(jobs[0] != jobs[1])
        #expect(Set(jobs).count == 2)
        let table = [jobs[0]: 1, jobs[1]: 2]
        #expect(table.count == 2 && table[jobs[0]] == 1 && table[jobs[1]] == 2)
        #expect(try jobs.map { try JobReference($0.description) } == jobs)
        let stored = try JSONDecoder().decode([JobReference].self, from: JSONEncoder().encode(jobs))
        #expect(stored == jobs && bytes(stored.map(\.id)) == bytes(Self.ids))
    }

    @Test func `errors about them are different`() {
        var errors = Self.ids.map { _ in FetchError(.jobNotFound, "unknown") }
        for (index, id) in Self.ids.enumerated() { errors[index].id = id }
        #expect(errors[0] != errors[1])
        #expect(bytes(errors.compactMap(\.id)) == bytes(Self.ids))
    }

    @Test func `each has its own wait and its own result in one client`() async throws {
        let client = try harness.client()
        let outputs = try await harness.clock.run {
            async let first = client.result(TextStateEndpoint(), id: Self.composed)
            async let second = client.result(jobs[1])
            return try await [first, second.outputArtifacts.first?.text ?? ""]
        }
        #expect(bytes(outputs) == bytes(Self.ids.map { "output \($0)" }))
        #expect(Set(bytes(harness.requests.map(\.id))).count == 2)
        #expect(harness.requests.count == 4)
    }

    @Test func `each has its own result and context in one batch`() async throws {
        let client = try harness.client()
        let outcomes = try await harness.clock.run {
            let batch = client.batch()
            for (index, job) in jobs.enumerated() { batch.add(QueuedJob(job, context: .integer(Int64(index)))) }
            #expect(batch.count == 2)
            batch.finish()
            return try await batch.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.map(\.job) == jobs)
        #expect(outcomes.map(\.context) == [0, 1])
        #expect(self.outputs(outcomes) == expectedOutputs)
        let results = try await harness.clock.run { try await client.outcomes(of: jobs).results() }
        #expect(results.count == 2)
    }

    @Test func `one is removed from a batch without the other`() async throws {
        let client = try harness.client()
        let outcomes = try await harness.clock.run {
            let batch = client.batch()
            for job in jobs { batch.add(QueuedJob(job)) }
            #expect(batch.cancel(jobs[0]) != nil)
            #expect(batch.cancel(jobs[0]) == nil)
            batch.finish()
            return try await batch.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(outcomes.map(\.job) == [jobs[1]])
    }

    @Test func `a snapshot has both, and a batch that resumes it polls both`() async throws {
        let pending = SchedulingHarness { _, _ in FetchResponse(status: 200, body: Data("pending".utf8)) }
        let first = try pending.client()
        let snapshot = try await pending.clock.run {
            let batch = first.batch()
            for job in jobs { batch.add(QueuedJob(job)) }
            try await pending.clock.sleep(for: .seconds(5))
            return batch.drain()
        }
        let stored = try JSONDecoder().decode(BatchSnapshot.self, from: JSONEncoder().encode(snapshot))
        #expect(Set(stored.jobs.map(\.job)) == Set(jobs))
        let second = try harness.client()
        let outcomes = try await harness.clock.run {
            let batch = second.batch(resuming: stored)
            batch.finish()
            return try await batch.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(self.outputs(outcomes) == expectedOutputs)
    }

    @Test func `the registry finds each by its URL`() throws {
        let registry = try EndpointRegistry(TextStateEndpoint())
        let found = try ["caf%C3%A9", "cafe%CC%81"].map { id in
            registry.reference(for: try #require(URL(string: "https://test.example/v1/jobs/\(id)")))
        }
        #expect(found.compactMap(\.self) == jobs)
    }

    @Test func `the values of an id form are compared by their bytes`() throws {
        let form: IDForm = "{a}/{b}/{a}"
        #expect(try form.values(of: "\(Self.composed)/x/\(Self.composed)").names == ["a", "b"])
        #expect(throws: FetchError.self) { try form.values(of: "\(Self.composed)/x/\(Self.decomposed)") }
    }

    private struct NormalizedID: FetchID {
        let text: String

        static let jobIDExpectation = "an id in normalization form C"
        var description: String { text }

        init?(_ text: String) { self.text = text.precomposedStringWithCanonicalMapping }
    }

    @Test func `an id that its type normalizes is refused instead of polled as another job`() async throws {
        let endpoint = ConfigurableEndpoint<NormalizedID>()
        let registry = try EndpointRegistry(endpoint)
        try registry.validate(JobReference(endpoint: endpoint.name, id: Self.composed))
        let error = #expect(throws: FetchError.self) {
            try registry.validate(JobReference(endpoint: endpoint.name, id: Self.decomposed))
        }
        #expect(error?.code == .invalidID)
    }
}
