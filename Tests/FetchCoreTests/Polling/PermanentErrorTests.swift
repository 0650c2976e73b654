import FetchCore
import FetchTesting
import Testing

@Suite struct `Permanent errors` {
    @Test(arguments: [400, 401, 402, 403, 405, 422, 301, 302, 307])
    func `end the wait at once, also in its middle`(status: Int) async throws {
        for before in [[], [ScriptedTransport.Step.waiting], [.status(500)]] {
            let office = Office(before + [.status(status), .done])
            let error = try #require(await office.wait().fetchError)
            #expect(error.httpStatus == status)
            #expect(!error.isRetryable)
            #expect(error.remedy != nil)
            #expect(office.requestTimes.count == before.count + 1)
        }
    }

    @Test(arguments: ["abc", "7.0", "+7", "007", "99999999999999999999"])
    func `such as an id of the wrong type are found before anything is sent`(id: String) async throws {
        let office = Office([.done], registry: try EndpointRegistry(Parcel()))
        let job = try JobReference(endpoint: "post.parcel", id: id)
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(job) }
        }
        #expect(error?.code == .invalidID)
        #expect(error?.description.contains("an integer") == true)
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `such as a missing key are found before anything is sent`() async throws {
        let office = Office([.done])
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(Parcel(authorization: .bearer), id: 7) }
        }
        #expect(error?.code == .missingKey)
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `include an answer beyond the limit`() async throws {
        let text = #"{"state":"done"}"#
        let office = Office([.json(text)], responseLimit: text.utf8.count - 1)
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .responseTooLarge)
        #expect(error.message.contains("15 bytes"))
        #expect(office.requestTimes.count == 1)
    }

    @Test func `leave an answer of just the limit alone`() async throws {
        let text = #"{"state":"done"}"#
        #expect(await Office([.json(text)], responseLimit: text.utf8.count).wait().output == "parcel")
    }
}
