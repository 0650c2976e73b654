import FetchCore
import FetchTesting
import Testing

@Suite struct `The result of a wait` {
    @Test func `of a failed job is an error that says why`() async throws {
        let office = Office([.waiting, .lost])
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(Parcel(), id: 7) }
        }
        #expect(error?.code == .jobFailed)
        #expect(error?.failure == JobFailure(message: "fell off the van"))
        #expect(error?.isRetryable == false)
        #expect(error?.description.hasPrefix("post.parcel:7: ") == true)
    }

    @Test func `needs no registration by type, and names the unknown endpoint by name`() async throws {
        let office = Office([.done])
        _ = try await office.clock.run { try await office.client.result(Parcel(), id: 7) }
        let job = try JobReference("post.parcel:7")
        let error = await #expect(throws: FetchError.self) {
            try await office.clock.run { try await office.client.result(job) }
        }
        #expect(error?.code == .unknownEndpoint)
        #expect(error?.id == "7")
        #expect(office.requestTimes.count == 1)
    }
}
