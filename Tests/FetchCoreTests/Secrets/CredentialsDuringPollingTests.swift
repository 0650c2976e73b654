import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Credentials during polling") struct CredentialsDuringPollingTests {
    private let endpoint = JSONStateEndpoint(authorization: .bearer)

    @Test func `the credentials are asked for a key before every request, so that keys can be rotated`() async throws {
        let clock = VirtualClock()
        let keys = Mutex(["sk-third-0123", "sk-second-0123", "sk-first-0123"])
        let transport = ScriptedTransport([.pending, .pending, .done], clock: clock)
        let credentials = Credentials.dynamic { provider in
            #expect(provider == "test")
            return keys.withLock { $0.popLast() }.map(APIKey.init)
        }
        let harness = PollingHarness(transport, clock: clock, credentials: credentials)
        _ = try await clock.run { try await harness.client.result(endpoint, id: 7) }
        #expect(
            transport.requests.map { $0.headers["Authorization"] } == [
                "Bearer sk-first-0123", "Bearer sk-second-0123", "Bearer sk-third-0123",
            ]
        )
    }

    @Test func `a withdrawn key ends polling with the last progress of the job`() async throws {
        let calls = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            calls.withLock {
                $0 += 1
                return $0 == 1 ? APIKey("sk-0123456789") : nil
            }
        }
        let harness = PollingHarness([.pending(eta: 70), .done], credentials: credentials)
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(endpoint, id: 7) }
        }
        #expect(error?.code == .missingKey)
        #expect(error?.lastProgress?.eta == .seconds(70))
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `a FetchError from the credentials ends polling with that error`() async throws {
        let thrown = FetchError(.forbidden, "the tenant is blocked")
        let harness = PollingHarness([.done], credentials: .dynamic { _ in throw thrown })
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(endpoint, id: 7) }
        }
        #expect(error?.code == .forbidden)
        #expect(error?.message == "the tenant is blocked")
        #expect(error?.id == "7")
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `any other error from the credentials is retried, and its text is never shown`()
        async throws
    {
        struct ErrorWithKey: Error { let key = "sk-canary-0123456789" }
        let policy = PollingPolicy(toleratedErrors: 2)
        let harness = PollingHarness([.done], policy: policy, credentials: .dynamic { _ in throw ErrorWithKey() })
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(endpoint, id: 7) }
        }
        #expect(error?.code == .credentialsUnavailable)
        #expect(error?.isRetryable == true)
        #expect(error?.description.contains("canary") == false)
        #expect(harness.clock.elapsed > .zero)
    }

    @Test func `the credentials are not asked for a key if the endpoint needs none`() async throws {
        let credentials = Credentials.dynamic { _ in
            Issue.record("The credentials were asked for a key.")
            return nil
        }
        let harness = PollingHarness([.done], credentials: credentials)
        #expect(await harness.poll().output == "output")
    }
}
