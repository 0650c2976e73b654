import FetchCore
import FetchTesting
import Testing

@Suite("Permanent errors") struct PermanentErrorTests {
    @Test(arguments: [400, 401, 402, 403, 405, 422, 301, 302, 307])
    func `a permanent error ends polling at once, also after other responses`(status: Int) async throws {
        for before in [[], [ScriptedTransport.Step.pending], [.status(500)]] {
            let harness = PollingHarness(before + [.status(status), .done])
            let error = try #require(await harness.poll().fetchError)
            #expect(error.httpStatus == status)
            #expect(!error.isRetryable)
            #expect(error.remedy != nil)
            #expect(harness.requestTimes.count == before.count + 1)
        }
    }

    @Test(arguments: ["abc", "7.0", "+7", "007", "99999999999999999999"])
    func `an ID of the wrong type is refused before a request is sent`(id: String) async throws {
        let harness = PollingHarness([.done], registry: try EndpointRegistry(JSONStateEndpoint()))
        let job = try JobReference(endpoint: "test.job", id: id)
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await harness.client.result(job) }
        }
        #expect(error?.code == .invalidID)
        #expect(error?.description.contains("an integer") == true)
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `a missing key is reported before a request is sent`() async throws {
        let harness = PollingHarness([.done])
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run {
                try await harness.client.result(JSONStateEndpoint(authorization: .bearer), id: 7)
            }
        }
        #expect(error?.code == .missingKey)
        #expect(harness.requestTimes.isEmpty)
    }

    @Test func `a response above the size limit is a permanent error`() async throws {
        let body = #"{"state":"done"}"#
        let harness = PollingHarness([.json(body)], responseLimit: body.utf8.count - 1)
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .responseTooLarge)
        #expect(error.message.contains("15 bytes"))
        #expect(harness.requestTimes.count == 1)
    }

    @Test func `a response of exactly the size limit is accepted`() async throws {
        let body = #"{"state":"done"}"#
        #expect(await PollingHarness([.json(body)], responseLimit: body.utf8.count).poll().output == "output")
    }
}
