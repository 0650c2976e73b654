import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite struct `What looks like cancelling and isn't` {
    @Test(arguments: [0, 1])
    func `A transport that gives up by itself lost a request, and the wait goes on`(index: Int) async throws {
        let error: any Error = [CancellationError(), URLError(.cancelled)][index]
        let office = Office([.failure(error), .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.requestTimes.count == 2)
    }

    @Test(arguments: [0, 1])
    func `A transport that always gives up is a lost connection`(index: Int) async throws {
        let error: any Error = [CancellationError(), URLError(.cancelled)][index]
        let office = Office([.failure(error)])
        await #expect { try await office.clock.run { try await office.client.fetch(Parcel(), id: 7) } } throws: {
            ($0 as? FetchError)?.code == .connectionFailed
        }
    }

    @Test func `A key store that gives up by itself has failed, and is named`() async throws {
        let office = Office([.done], credentials: .dynamic { _ in throw CancellationError() })
        let parcel = Parcel(authorization: .bearer)
        await #expect { try await office.clock.run { try await office.client.fetch(parcel, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .credentialsUnavailable
        }
    }

    @Test func `An endpoint that throws CancellationError can't read or write, and is named`() async throws {
        let reading = Unable(writes: true)
        let office = Office([.done])
        await #expect { try await office.clock.run { try await office.client.fetch(reading, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .malformedResponse
        }
        let writing = Unable(writes: false)
        await #expect { try await office.clock.run { try await office.client.fetch(writing, id: 7) } } throws: {
            ($0 as? FetchError)?.code == .malformedEndpoint && ($0 as? FetchError)?.id == "7"
        }
    }

    private struct Unable: FetchEndpoint {
        let name: EndpointName = "post.unable"
        let provider: ProviderID = "post"
        let baseURL = URL(string: "https://post.example/v1")!
        let path: PathTemplate = "parcels/{id}"
        let authorization = Authorization.none
        var writes: Bool

        func body(for id: Int) throws -> RequestBody? {
            if writes { return nil }
            throw CancellationError()
        }

        func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<String> {
            throw CancellationError()
        }
    }
}
