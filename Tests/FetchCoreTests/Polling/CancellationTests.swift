import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Cancellation of polling") struct CancellationTests {
    @Test func `cancellation before polling starts sends no request`() async throws {
        let harness = PollingHarness([.done])
        let (result, _) = await harness.cancelling(after: .zero) {
            try await harness.client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `cancellation before a delayed first request sends no request`() async throws {
        let harness = PollingHarness([.done])
        let submission = Submission(at: harness.clock.date, eta: .seconds(40))
        let (result, end) = await harness.cancelling(after: .seconds(2)) {
            try await harness.client.result(JSONStateEndpoint(), id: 7, submitted: submission)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(2))
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `cancellation ends a gap at once`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 30)])
        let (result, end) = await harness.cancelling(after: .seconds(40)) {
            try await harness.client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(40))
        #expect(harness.requestTimes == [.zero, .seconds(30)])
    }

    @Test func `cancellation ends a request at once`() async throws {
        let harness = PollingHarness([.done.after(.seconds(20))])
        let (result, end) = await harness.cancelling(after: .seconds(3)) {
            try await harness.client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(3))
    }

    @Test func `cancellation ends the credentials lookup at once`() async throws {
        let clock = VirtualClock()
        let credentials = Credentials.dynamic { _ in
            try await clock.sleep(for: .seconds(20))
            return APIKey("sk-0123456789")
        }
        let harness = PollingHarness([.done], clock: clock, credentials: credentials)
        let (result, end) = await harness.cancelling(after: .seconds(3)) {
            try await harness.client.result(JSONStateEndpoint(authorization: .bearer), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(3))
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `cancellation ends the gap after an error at once`() async throws {
        let harness = PollingHarness([.connectionLost], policy: PollingPolicy(minimumGap: .seconds(15)))
        let (result, end) = await harness.cancelling(after: .seconds(4)) {
            try await harness.client.result(JSONStateEndpoint(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(4))
    }

    @Test func `a cancelled single fetch throws CancellationError, whatever the transport throws`() async throws {
        let clock = VirtualClock()
        for thrown in [URLError(.cancelled), FetchError(.untrustedServer, "TLS handshake failed")] as [any Error] {
            let step = ScriptedTransport.Step { _ in
                try? await clock.sleep(for: .seconds(20))
                throw thrown
            }
            let harness = PollingHarness([step], clock: clock)
            let (result, _) = await harness.cancelling(after: .seconds(1)) {
                try await harness.client.fetch(JSONStateEndpoint(), id: 7)
            }
            #expect(throws: CancellationError.self) { try result.get() }
        }
    }

    @Test func `cancellation ends the sequence, and a further call of next() sends no request`() async throws {
        let harness = PollingHarness([.pending(retryAfter: 30)])
        let (result, _) = await harness.cancelling(after: .seconds(40)) {
            var iterator = harness.client.updates(JSONStateEndpoint(), id: 7).makeAsyncIterator()
            do { while try await iterator.next() != nil {} } catch {}
            return try await iterator.next() == nil
        }
        #expect(try result.get())
        #expect(harness.requestTimes.count == 2)
    }

    @Test func `cancellation after the last update takes precedence over the deadline`() async throws {
        let harness = PollingHarness([.pending], policy: PollingPolicy(deadline: .seconds(10)))
        let (result, _) = await harness.cancelling(after: .seconds(20)) {
            for try await update in harness.client.updates(JSONStateEndpoint(), id: 7) where update.nextRequest == nil {
                try? await harness.clock.sleep(for: .seconds(60))
            }
        }
        #expect(throws: CancellationError.self) { try result.get() }
    }

    @Test func `cancellation ends the polling of all jobs in results(of:)`() async throws {
        let harness = PollingHarness([.pending], registry: try EndpointRegistry(JSONStateEndpoint()))
        let jobs = try (1...5).map { try JobReference("test.job:\($0)") }
        let (result, end) = await harness.cancelling(after: .seconds(9)) {
            try await harness.client.outcomes(of: jobs).results().count
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(9))
    }
}
