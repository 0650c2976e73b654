import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `Cancelling a wait` {
    @Test func `before it starts, sends nothing`() async throws {
        let office = Office([.done])
        let (result, _) = await office.cancelling(after: .zero) { try await office.client.result(Parcel(), id: 7) }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `before a delayed first request, sends nothing`() async throws {
        let office = Office([.done])
        let submission = Submission(at: office.clock.date, eta: .seconds(40))
        let (result, end) = await office.cancelling(after: .seconds(2)) {
            try await office.client.result(Parcel(), id: 7, submitted: submission)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(2))
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `in a gap, ends it there`() async throws {
        let office = Office([.waiting(wait: 30)])
        let (result, end) = await office.cancelling(after: .seconds(40)) {
            try await office.client.result(Parcel(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(40))
        #expect(office.requestTimes == [.zero, .seconds(30)])
    }

    @Test func `in a request, ends it there`() async throws {
        let office = Office([.done.after(.seconds(20))])
        let (result, end) = await office.cancelling(after: .seconds(3)) {
            try await office.client.result(Parcel(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(3))
    }

    @Test func `while the key is awaited, ends it there`() async throws {
        let clock = VirtualClock()
        let credentials = Credentials.dynamic { _ in
            try await clock.sleep(for: .seconds(20))
            return APIKey("sk-0123456789")
        }
        let office = Office([.done], clock: clock, credentials: credentials)
        let (result, end) = await office.cancelling(after: .seconds(3)) {
            try await office.client.result(Parcel(authorization: .bearer), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(3))
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `during a pause after an error, ends it there`() async throws {
        let office = Office([.connectionLost], policy: PollingPolicy(minimumGap: .seconds(15)))
        let (result, end) = await office.cancelling(after: .seconds(4)) {
            try await office.client.result(Parcel(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(4))
    }

    @Test func `is what a single fetch throws too, whatever its transport throws then`() async throws {
        let clock = VirtualClock()
        for thrown in [URLError(.cancelled), FetchError(.untrustedServer, "the handshake broke off")] as [any Error] {
            let step = ScriptedTransport.Step { _ in
                try? await clock.sleep(for: .seconds(20))
                throw thrown
            }
            let office = Office([step], clock: clock)
            let (result, _) = await office.cancelling(after: .seconds(1)) {
                try await office.client.fetch(Parcel(), id: 7)
            }
            #expect(throws: CancellationError.self) { try result.get() }
        }
    }

    @Test func `ends the sequence, so that a second call of next sends nothing`() async throws {
        let office = Office([.waiting(wait: 30)])
        let (result, _) = await office.cancelling(after: .seconds(40)) {
            var iterator = office.client.updates(Parcel(), id: 7).makeAsyncIterator()
            do { while try await iterator.next() != nil {} } catch {}
            return try await iterator.next() == nil
        }
        #expect(try result.get())
        #expect(office.requestTimes.count == 2)
    }

    @Test func `behind the last update outranks the deadline`() async throws {
        let office = Office([.waiting], policy: PollingPolicy(deadline: .seconds(10)))
        let (result, _) = await office.cancelling(after: .seconds(20)) {
            for try await update in office.client.updates(Parcel(), id: 7) where update.nextRequest == nil {
                try? await office.clock.sleep(for: .seconds(60))
            }
        }
        #expect(throws: CancellationError.self) { try result.get() }
    }

    @Test func `ends all of several jobs`() async throws {
        let office = Office([.waiting], registry: try EndpointRegistry(Parcel()))
        let jobs = try (1...5).map { try JobReference("post.parcel:\($0)") }
        let (result, end) = await office.cancelling(after: .seconds(9)) {
            try await office.client.results(of: jobs).count
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(9))
    }
}
