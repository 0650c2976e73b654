import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `A follow-up` {
    @Test func `is one step of the wait, and one update`() async throws {
        let office = Office([.waiting, .elsewhere, .done])
        let course = await office.wait()
        #expect(course.output == "parcel")
        #expect(course.updates.map(\.requests) == [1, 2])
        #expect(office.requestURLs.map(\.path) == ["/v1/parcels/7", "/v1/parcels/7", "/v1/lockers/7"])
        #expect(office.gaps.last == .zero)
    }

    @Test func `may say that the job isn't ready after all`() async throws {
        let office = Office([.elsewhere, .waiting(wait: 9), .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.gaps == [.zero, .seconds(9)])
    }

    @Test func `may say that the job failed`() async throws {
        let course = await Office([.elsewhere, .lost]).wait()
        guard case .failed(let failure)? = course.updates.last?.state else {
            Issue.record("The job didn't fail.")
            return
        }
        #expect(failure.message == "fell off the van")
    }

    @Test(arguments: [404, 500, 502])
    func `that finds an error page brings no result, and is made again from the start`(status: Int) async throws {
        let page = FetchResponse(status: status, body: Data("<html>gone</html>".utf8))
        let office = Office([.elsewhere, .response(page), .elsewhere, .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.requestURLs.map(\.path) == ["/v1/parcels/7", "/v1/lockers/7", "/v1/parcels/7", "/v1/lockers/7"])
    }

    @Test func `that is lost is a transient error`() async throws {
        let office = Office([.elsewhere, .connectionLost, .elsewhere, .done])
        #expect(await office.wait().output == "parcel")
    }

    @Test func `that leads to the next for ever ends with an error that says so`() async throws {
        let office = Office([.elsewhere])
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .malformedEndpoint)
        #expect(!error.isRetryable)
        #expect(office.requestTimes.count < 100)
    }

    @Test func `shares the time of one request with the first`() async throws {
        let office = Office([.elsewhere.after(.seconds(6)), .done.after(.seconds(6))])
        var client = office.client
        client.policy.requestTimeout = .seconds(10)
        let patient = client
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await patient.fetch(Parcel(), id: 7) }
        }
        #expect(error?.code == .requestTimeout)
        #expect(office.clock.elapsed == .seconds(10))
        #expect(error?.message.contains("10 s") == true)
    }
}
