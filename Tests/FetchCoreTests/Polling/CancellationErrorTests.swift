import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("CancellationError without cancellation of the task") struct CancellationErrorTests {
    @Test(arguments: [0, 1])
    func `a CancellationError from the transport counts as a lost request and is retried`(index: Int) async throws {
        let error: any Error = [CancellationError(), URLError(.cancelled)][index]
        let harness = PollingHarness([.failure(error), .done])
        #expect(await harness.poll().output == "output")
        #expect(harness.requestTimes.count == 2)
    }

    @Test(arguments: [0, 1])
    func `a transport that always throws CancellationError has lost the connection`(index: Int) async throws {
        let error: any Error = [CancellationError(), URLError(.cancelled)][index]
        let harness = PollingHarness([.failure(error)])
        await #expect {
            try await harness.clock.run { try await harness.client.fetch(JSONStateEndpoint(), id: 7) }
        } throws: {
            ($0 as? FetchError)?.code == .connectionFailed
        }
    }

    @Test func `a CancellationError from the credentials is reported as unavailable credentials`() async throws {
        let harness = PollingHarness([.done], credentials: .dynamic { _ in throw CancellationError() })
        let endpoint = JSONStateEndpoint(authorization: .bearer)
        await #expect { try await harness.clock.run { try await harness.client.fetch(endpoint, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .credentialsUnavailable
        }
    }

    @Test func `a CancellationError from an endpoint is reported as its failure to encode or decode`() async throws {
        let decoding = ConfigurableEndpoint<Int>(authorization: .none, read: { _ in throw CancellationError() })
        let harness = PollingHarness([.done])
        await #expect { try await harness.clock.run { try await harness.client.fetch(decoding, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .malformedResponse
        }
        let encoding = ConfigurableEndpoint<Int>(authorization: .none, makeBody: { _ in throw CancellationError() })
        await #expect { try await harness.clock.run { try await harness.client.fetch(encoding, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .malformedEndpoint && ($0 as? FetchError)?.id == "7"
        }
    }
}
