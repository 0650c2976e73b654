import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `Credentials during a wait` {
    private let parcel = Parcel(authorization: .bearer)

    @Test func `are asked for before every request, so that a key can be rotated`() async throws {
        let clock = VirtualClock()
        let keys = Mutex(["sk-third-0123", "sk-second-0123", "sk-first-0123"])
        let transport = ScriptedTransport([.waiting, .waiting, .done], clock: clock)
        let credentials = Credentials.dynamic { provider in
            #expect(provider == "post")
            return keys.withLock { $0.popLast() }.map(APIKey.init)
        }
        let office = Office(transport, clock: clock, credentials: credentials)
        _ = try await clock.run { try await office.client.result(parcel, id: 7) }
        #expect(
            transport.requests.map { $0.headers["Authorization"] } == [
                "Bearer sk-first-0123", "Bearer sk-second-0123", "Bearer sk-third-0123",
            ]
        )
    }

    @Test func `that are withdrawn end it, with what was last heard of the job`() async throws {
        let calls = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            calls.withLock {
                $0 += 1
                return $0 == 1 ? APIKey("sk-0123456789") : nil
            }
        }
        let office = Office([.waiting(eta: 70), .done], credentials: credentials)
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(parcel, id: 7) }
        }
        #expect(error?.code == .missingKey)
        #expect(error?.lastProgress?.eta == .seconds(70))
        #expect(office.requestTimes.count == 1)
    }

    @Test func `that throw a FetchError end it with that error`() async throws {
        let thrown = FetchError(.forbidden, "the tenant is locked")
        let office = Office([.done], credentials: .dynamic { _ in throw thrown })
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(parcel, id: 7) }
        }
        #expect(error?.code == .forbidden)
        #expect(error?.message == "the tenant is locked")
        #expect(error?.id == "7")
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `that throw anything else are survived, and the text of what they throw is shown to nobody`()
        async throws
    {
        struct Leak: Error { let key = "sk-canary-0123456789" }
        let policy = PollingPolicy(toleratedErrors: 2)
        let office = Office([.done], policy: policy, credentials: .dynamic { _ in throw Leak() })
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(parcel, id: 7) }
        }
        #expect(error?.code == .credentialsUnavailable)
        #expect(error?.isRetryable == true)
        #expect(error?.description.contains("canary") == false)
        #expect(office.clock.elapsed > .zero)
    }

    @Test func `aren't asked for where an endpoint wants no key`() async throws {
        let credentials = Credentials.dynamic { _ in
            Issue.record("A key was asked for.")
            return nil
        }
        let office = Office([.done], credentials: credentials)
        #expect(await office.wait().output == "parcel")
    }
}
