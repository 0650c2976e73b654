import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Progress that polling keeps") struct KeptProgressTests {
    /// An endpoint whose jobs are pending with the details in the response.
    private let endpoint = ConfigurableEndpoint<Int>(
        name: "test.details",
        authorization: .none,
        read: { response in
            let value: JSONValue = try response.json()
            return .pending(JobProgress(message: value["message"]?.string, details: value.object ?? [:]))
        }
    )

    /// Receives each progress with all of its details.
    private final class Observer: FetchObserver {
        let progress = EventLog<JobProgress>()

        func record(_ event: FetchEvent) {
            if case .pending(let progress, _) = event.kind { self.progress.record(progress) }
        }
    }

    private func client(
        _ details: JSONValue,
        on clock: VirtualClock,
        observer: (any FetchObserver)? = nil
    ) throws -> FetchClient {
        let body = String(decoding: try JSONEncoder().encode(details), as: UTF8.self)
        return FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: ScriptedTransport([.json(body)], clock: clock),
            credentials: .none,
            configuration: FetchClient.Configuration(policy: PollingPolicy(deadline: .seconds(30)), observer: observer),
            environment: FetchClient.Environment(clock: clock)
        )
    }

    private let image = String(repeating: "x", count: 1 << 20)

    /// The bytes of a progress in JSON.
    private func size(_ progress: JobProgress?) throws -> Int { try JSONEncoder().encode(progress).count }

    @Test func `a few KiB of a large pending response are kept, and the observer receives all of it`() async throws {
        let details: JSONValue = ["preview": .string(image), "position": 3, "links": ["a", "b"]]
        let clock = VirtualClock()
        let observer = Observer()
        let client = try client(details, on: clock, observer: observer)
        let job = try JobReference("test.details:7")
        let (single, update, outcome) = try await clock.run {
            let single = try await client.fetch(job)
            let update = try await client.updates(job).first { _ in true }
            let outcome = try await client.outcomes(of: [job]).first { _ in true }
            return (single, update, outcome)
        }
        let small: JSONValue = ["position": 3, "links": ["a", "b"]]
        guard case .pending(let whole) = single, case .pending(let kept)? = update?.state else {
            return #expect(Bool(false))
        }
        #expect(JSONValue.object(whole.details) == details, "nothing is kept of a single fetch")
        #expect(JSONValue.object(kept.details) == small)
        #expect(outcome?.result.error?.lastProgress.map { JSONValue.object($0.details) } == small)
        #expect(observer.progress.events.count > 3)
        for progress in observer.progress.events { #expect(JSONValue.object(progress.details) == details) }
    }

    @Test func `a batch of durable jobs keeps no details`() async throws {
        let clock = VirtualClock()
        let client = try client(["message": "Try Again", "position": 3], on: clock)
        let job = try JobReference("test.details:7")
        let outcome = try await clock.run {
            let batch = client.batch(keepsDetails: false) { true }
            batch.add(QueuedJob(job))
            return try await batch.first { _ in true }
        }
        #expect(outcome?.result.error?.lastProgress == JobProgress(message: "Try Again"))
    }

    @Test func `many details are kept up to the limit, the smallest first`() async throws {
        let names = (0..<5_000).map { "detail \($0)" }
        let details = Dictionary(uniqueKeysWithValues: names.map { ($0, JSONValue.string(String($0.reversed()))) })
        let clock = VirtualClock()
        let client = try client(.object(details), on: clock)
        let update = try await clock.run {
            try await client.updates(endpoint, id: 7).first { _ in true }
        }
        guard case .pending(let progress)? = update?.state else { return #expect(Bool(false)) }
        #expect(progress.details.count > 50)
        #expect(progress.details["detail 1"] != nil && progress.details["detail 4999"] == nil)
        #expect(try size(progress) < 8_192)
    }

    @Test func `details that nest deeply or contain long names count with all of their bytes`() async throws {
        var nested: JSONValue = .string(String(repeating: "y", count: 3_000))
        for level in 0..<20 { nested = .object([String(repeating: "n", count: 100) + "\(level)": [nested]]) }
        let clock = VirtualClock()
        let client = try client(["nested": nested, "id": 7], on: clock)
        let update = try await clock.run {
            try await client.updates(endpoint, id: 7).first { _ in true }
        }
        guard case .pending(let progress)? = update?.state else { return #expect(Bool(false)) }
        #expect(progress.details == ["id": 7])
    }

    @Test func `the beginning of a long message is kept`() async throws {
        let clock = VirtualClock()
        let message = String(repeating: "é🙂", count: 100_000)
        let client = try client(["message": .string(message)], on: clock)
        let update = try await clock.run {
            try await client.updates(endpoint, id: 7).first { _ in true }
        }
        guard case .pending(let progress)? = update?.state else { return #expect(Bool(false)) }
        #expect(progress.message == String(message.prefix(500)) + "…")
    }

    @Test func `a small progress is kept as it is`() async throws {
        let clock = VirtualClock()
        let details: JSONValue = ["message": "Try Again", "fetch_result": "https://example.com/7", "meta": ["a": nil]]
        let client = try client(details, on: clock)
        let update = try await clock.run {
            try await client.updates(endpoint, id: 7).first { _ in true }
        }
        guard case .pending(let progress)? = update?.state else { return #expect(Bool(false)) }
        #expect(JSONValue.object(progress.details) == details)
        #expect(progress.message == "Try Again")
    }
}
