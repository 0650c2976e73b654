import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Transient errors") struct TransientErrorTests {
    private static let kinds: [ScriptedTransport.Step] = [
        .connectionLost, .status(500), .status(502), .status(503), .status(504), .status(408), .status(425),
        .json("<html>oops</html>"), .json(""), .json("{"), .failure(FetchError(.connectionFailed, "gone")),
    ]

    @Test(arguments: kinds.indices)
    func `a transient error is retried`(index: Int) async throws {
        let harness = PollingHarness([.pending, Self.kinds[index], Self.kinds[index], .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.requestTimes.count == 4)
    }

    @Test func `one consecutive transient error more than tolerated ends polling with the last error`() async throws {
        let policy = PollingPolicy(toleratedErrors: 3)
        let survived = PollingHarness([.status(500), .connectionLost, .status(500), .done], policy: policy)
        #expect(await survived.poll().output == "output")

        let harness = PollingHarness([.status(500), .connectionLost, .status(500), .status(502)], policy: policy)
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .serverError)
        #expect(error.httpStatus == 502)
        #expect(error.isRetryable)
        #expect(harness.requestTimes.count == 4)
    }

    @Test func `a response about the job resets the count of transient errors`() async throws {
        let script: [ScriptedTransport.Step] = [
            .status(500), .status(500), .pending, .status(500), .status(500), .done,
        ]
        let harness = PollingHarness(script, policy: PollingPolicy(toleratedErrors: 2))
        #expect(await harness.poll().output == "output")
    }

    @Test(arguments: [0, -1, Int.min])
    func `the first transient error ends polling if none is tolerated`(tolerated: Int) async throws {
        let harness = PollingHarness([.status(500), .done], policy: PollingPolicy(toleratedErrors: tolerated))
        #expect(await harness.poll().fetchError?.code == .serverError)
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `the error keeps the last progress of the job`() async throws {
        let harness = PollingHarness([.pending(eta: 44), .status(500)], policy: PollingPolicy(toleratedErrors: 2))
        #expect(await harness.poll().fetchError?.lastProgress?.eta == .seconds(44))
    }

    @Test func `transient errors of the credentials are retried like those of the network`() async throws {
        let calls = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            if calls.withLock({
                $0 += 1; return $0
            }) < 3 {
                throw URLError(.timedOut)
            }
            return APIKey("sk-0123456789")
        }
        let harness = PollingHarness([.done], credentials: credentials)
        let output = try await harness.clock.run {
            try await harness.client.result(JSONStateEndpoint(authorization: .bearer), id: 7)
        }
        #expect(output == "output")
        #expect(harness.requestTimes.count == 1)
    }
}
