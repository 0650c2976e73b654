import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Tests of what each event says of its request: number, host and HTTP status.
@Suite("Requests of events") struct RequestEventTests {
    private typealias Request = FetchEvent.Request

    private let log = EventLog<FetchEvent>()
    private let clock = VirtualClock()

    private func client(
        _ steps: [ScriptedTransport.Step],
        credentials: Credentials = .fixed(["example": APIKey("sk-canary-0123456789")]),
        origins: [ProviderID: Origin] = [:]
    ) -> FetchClient {
        FetchClient(
            transport: ScriptedTransport(steps, clock: clock),
            credentials: credentials,
            configuration: FetchClient.Configuration(observer: log, origins: origins),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    /// Returns the last request, of the event that follows it.
    private func lastRequest(
        _ client: FetchClient,
        _ endpoint: ConfigurableEndpoint<Int> = ConfigurableEndpoint<Int>()
    ) async -> Request? {
        _ = try? await clock.run { try await client.fetch(endpoint, id: 42) }
        return log.events.last?.request
    }

    @Test func `each event has the number, the host and the status of its request`() async throws {
        let client = client([
            .json(#""pending""#), .json("{}", status: 503), .failure(URLError(.networkConnectionLost)),
            .json("{}", status: 429), .json(#""done""#),
        ])
        let endpoint = ConfigurableEndpoint<Int>(read: { response in
            try response.json(JSONValue.self) == "done" ? .succeeded("done") : .pending
        })
        _ = try await clock.run { try await client.result(endpoint, id: 42) }
        let host = "api.example.com"
        let statuses: [Int?] = [200, 503, nil, 429, 200]
        for (index, status) in statuses.enumerated() {
            let requests = log.events.map(\.request).filter { $0.number == index + 1 }
            #expect(requests.first == Request(number: index + 1))
            #expect(requests.count == [2, 3, 3, 4, 2][index])
            #expect(Set(requests.dropFirst()) == [Request(number: index + 1, host: host, httpStatus: status)])
        }
        #expect(log.events.map(\.request.number) == [1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 4, 5, 5])
    }

    @Test func `a request that couldn't be sent has no host`() async {
        #expect(await lastRequest(client([.json("{}")], credentials: .none)) == Request())
        let broken = ConfigurableEndpoint<Int>(makeBody: { _ in throw FetchError(.malformedEndpoint, "no body") })
        #expect(await lastRequest(client([.json("{}")]), broken) == Request())
    }

    @Test func `a follow-up shows the host and the status of the last request`() async throws {
        let link = try #require(URL(string: "https://files.example.org/42"))
        let endpoint = ConfigurableEndpoint<Int>(read: { _ in
            .followUp(FollowUp(.url(link), authorization: .none) { .succeeded(try $0.json()) })
        })
        let found = client([.json("{}"), .json(#""file""#, status: 206)])
        #expect(await lastRequest(found, endpoint) == Request(host: "files.example.org", httpStatus: 206))
        let lost = client([.json("{}"), .failure(URLError(.timedOut))])
        #expect(await lastRequest(lost, endpoint) == Request(host: "files.example.org"))
    }

    @Test func `the host is that of an overriding origin, or of a polling URL`() async throws {
        let origin = try Origin(of: try #require(URL(string: "http://127.0.0.1:8080")))
        let proxied = client([.json("{}")], origins: ["example": origin])
        #expect(await lastRequest(proxied) == Request(host: "127.0.0.1", httpStatus: 200))
        let endpoint = ConfigurableEndpoint<PollingURL>(path: "", domains: ["example.com"])
        let url = try #require(PollingURL("https://eu1.example.com/7"))
        let regional = client([.json("{}")])
        _ = try await clock.run { try await regional.fetch(endpoint, id: url) }
        #expect(log.events.last?.request == Request(host: "eu1.example.com", httpStatus: 200))
    }

    @Test func `a request that several waits share has the number of the one with the most requests`() async throws {
        let harness = SchedulingHarness()
        let client = try harness.client(observer: log)
        let job = try JobReference("test.job:35")
        try await harness.clock.run {
            async let first = client.result(job)
            try await harness.clock.sleep(for: .seconds(15))
            async let second = client.result(job)
            _ = try await (first, second)
            _ = try await client.result(job)
        }
        let numbers = log.events.filter { $0.kind == .requested }.map(\.request.number)
        #expect(numbers.dropLast() == Array(1...(numbers.count - 1))[...])
        #expect(numbers.count == harness.requests.count)
        #expect(numbers.last == 1)
    }

    @Test func `a wait that goes on in another process counts on`() async throws {
        let harness = SchedulingHarness()
        let (first, second) = (try harness.client(), try harness.client(observer: log))
        let outcomes = try await harness.clock.run {
            let batch = first.batch()
            batch.add(QueuedJob(try JobReference("test.job:35")))
            try await harness.clock.sleep(for: .seconds(15))
            let next = second.batch(resuming: batch.drain())
            next.finish()
            return try await next.reduce(into: [JobOutcome]()) { $0.append($1) }
        }
        #expect(log.events.first?.request.number == 3)
        #expect(log.events.last?.request.number == outcomes.first?.requests)
    }
}
