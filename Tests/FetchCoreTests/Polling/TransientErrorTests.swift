import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite struct `Transient errors` {
    private static let kinds: [ScriptedTransport.Step] = [
        .connectionLost, .status(500), .status(502), .status(503), .status(504), .status(408), .status(425),
        .json("<html>oops</html>"), .json(""), .json("{"), .failure(FetchError(.connectionFailed, "gone")),
    ]

    @Test(arguments: kinds.indices)
    func `are survived`(index: Int) async throws {
        let office = Office([.waiting, Self.kinds[index], Self.kinds[index], .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.requestTimes.count == 4)
    }

    @Test func `in a row end the wait with the last of them when they are one more than tolerated`() async throws {
        let policy = PollingPolicy(toleratedErrors: 3)
        let survived = Office([.status(500), .connectionLost, .status(500), .done], policy: policy)
        #expect(await survived.wait().output == "parcel")

        let office = Office([.status(500), .connectionLost, .status(500), .status(502)], policy: policy)
        let error = try #require(await office.wait().fetchError)
        #expect(error.code == .serverError)
        #expect(error.httpStatus == 502)
        #expect(error.isRetryable)
        #expect(office.requestTimes.count == 4)
    }

    @Test func `are counted anew after an answer about the job`() async throws {
        let script: [ScriptedTransport.Step] = [
            .status(500), .status(500), .waiting, .status(500), .status(500), .done,
        ]
        let office = Office(script, policy: PollingPolicy(toleratedErrors: 2))
        #expect(await office.wait().output == "parcel")
    }

    @Test(arguments: [0, -1, Int.min])
    func `end the wait at once where none is tolerated`(tolerated: Int) async throws {
        let office = Office([.status(500), .done], policy: PollingPolicy(toleratedErrors: tolerated))
        #expect(await office.wait().fetchError?.code == .serverError)
        #expect(office.requestTimes.count == 1)
    }

    @Test func `leave what was last heard of the job in the error`() async throws {
        let office = Office([.waiting(eta: 44), .status(500)], policy: PollingPolicy(toleratedErrors: 2))
        #expect(await office.wait().fetchError?.lastProgress?.eta == .seconds(44))
    }

    @Test func `of the key store are survived like those of the network`() async throws {
        let calls = Mutex(0)
        let credentials = Credentials.dynamic { _ in
            if calls.withLock({
                $0 += 1; return $0
            }) < 3 {
                throw URLError(.timedOut)
            }
            return APIKey("sk-0123456789")
        }
        let office = Office([.done], credentials: credentials)
        let output = try await office.clock.run {
            try await office.client.result(Parcel(authorization: .bearer), id: 7)
        }
        #expect(output == "parcel")
        #expect(office.requestTimes.count == 1)
    }
}
