import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("URL and date of a response") struct ReceivedResponseTests {
    /// Polls an endpoint whose key is in the query, and returns the responses as the endpoint receives them.
    private func responses(
        _ steps: [ScriptedTransport.Step],
        clock: VirtualClock,
        followUp: FollowUpTarget? = nil
    ) async throws -> [FetchResponse] {
        let log = SeenResponses()
        let endpoint = ConfigurableEndpoint<Int>(
            method: .get,
            authorization: .query("key"),
            read: { response in
                log.add(response)
                guard let followUp else { return .succeeded(.null) }
                return .followUp(
                    FollowUp(followUp) { response in
                        log.add(response)
                        return .succeeded(.null)
                    }
                )
            }
        )
        let client = FetchClient(
            transport: ScriptedTransport(steps, clock: clock),
            credentials: .fixed(["example": APIKey("sk-canary-0123456789")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        _ = try await clock.run { try await client.fetch(endpoint, id: 42) }
        return log.responses
    }

    @Test func `a response has the URL that was polled, without the key`() async throws {
        let response = try #require(try await responses([.json("{}")], clock: VirtualClock()).first)
        #expect(response.url?.absoluteString == "https://api.example.com/v1/fetch/42")
    }

    @Test func `a response has the date at which it was received, in virtual time`() async throws {
        let clock = VirtualClock()
        let start = clock.date
        let response = try #require(
            try await responses([.json("{}").after(.seconds(7))], clock: clock).first
        )
        #expect(response.receivedAt == start.addingTimeInterval(7))
    }

    @Test func `the response to a follow-up has the follow-up's URL and date`() async throws {
        let clock = VirtualClock()
        let start = clock.date
        let steps: [ScriptedTransport.Step] = [.json("{}").after(.seconds(1)), .json("{}").after(.seconds(2))]
        let responses = try await responses(steps, clock: clock, followUp: .path("files/{id}", [:]))
        #expect(responses.map { $0.url?.path } == ["/v1/fetch/42", "/v1/files/42"])
        #expect(responses.map(\.receivedAt) == [1, 3].map { start.addingTimeInterval($0) })
    }

    @Test func `a response that no client has received has neither`() {
        let response = FetchResponse(status: 200)
        #expect(response.url == nil)
        #expect(response.receivedAt == nil)
    }
}

/// A log of responses.
private final class SeenResponses: Sendable {
    private let log = Mutex<[FetchResponse]>([])
    var responses: [FetchResponse] { log.withLock(\.self) }
    func add(_ response: FetchResponse) { log.withLock { $0.append(response) } }
}
