import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Scripted transport") struct ScriptedTransportTests {
    private let request = FetchRequest(method: .post, url: URL(string: "https://api.example.com/1")!)

    @Test func `steps are played in order and the last one is repeated`() async throws {
        let transport = ScriptedTransport([.json("1"), .json("2", status: 202), .json("3")])
        var bodies: [String] = []
        for _ in 0..<5 { bodies.append(String(decoding: try await transport.send(request).body, as: UTF8.self)) }
        #expect(bodies == ["1", "2", "3", "3", "3"])
    }

    @Test func `the content type of a JSON step defaults to application/json`() async throws {
        let transport = ScriptedTransport([.json("{}"), .json("{}", status: 400, headers: ["content-type": "text/x"])])
        #expect(try await transport.send(request).headers["Content-Type"] == "application/json")
        let second = try await transport.send(request)
        #expect(second.headers.fields.map(\.value) == ["text/x"])
        #expect(second.status == 400)
    }

    @Test func `requests are recorded as they were sent, including failed ones`() async throws {
        let transport = ScriptedTransport([.failure(URLError(.networkConnectionLost)), .json("{}")])
        var second = request
        second.body = Data("body".utf8)
        await #expect(throws: URLError.self) { try await transport.send(request) }
        _ = try await transport.send(second)
        #expect(transport.requests == [request, second])
    }

    @Test func `a step can compute its response from the request`() async throws {
        let transport = ScriptedTransport([
            .init { FetchResponse(status: 200, body: Data($0.url.lastPathComponent.utf8)) }
        ])
        #expect(try await transport.send(request).body == Data("1".utf8))
    }

    @Test func `a delay passes on the transport's clock`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport([.json("{}").after(.seconds(90))], clock: clock)
        _ = try await clock.run { try await transport.send(request) }
        #expect(clock.elapsed == .seconds(90))
    }

    @Test func `silence lasts until the request is cancelled`() async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport([.silence], clock: clock)
        let client = FetchClient(
            transport: transport,
            credentials: .none,
            configuration: FetchClient.Configuration(policy: PollingPolicy(requestTimeout: .seconds(7))),
            environment: FetchClient.Environment(clock: clock)
        )
        let error = await #expect(throws: FetchError.self) {
            try await clock.run { try await client.fetch(SampleEndpoint(authorization: .none), id: "1") }
        }
        #expect(error?.code == .requestTimeout)
        #expect(clock.elapsed == .seconds(7))
    }
}
