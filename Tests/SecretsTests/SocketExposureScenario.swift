import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

/// A request in flight over a real connection, with its transport and server.
struct SocketExposureScenario {
    let key: String
    let transport: any FetchTransport

    /// Returns one scenario for each transport of the library.
    static func all(key: String) throws -> [Self] {
        [Self(key: key, transport: URLSessionTransport()), Self(key: key, transport: try CurlTransport())]
    }

    /// Collects the transport and the server during a request with the key, and during a partial response with the key.
    func collectedValues() async throws -> [CollectedValue] {
        let collector = ValueCollector()
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        let endpoint = CollectingEndpoint(authorization: .header("X-Api-Key"), collector: collector)
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(key)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(requestTimeout: .seconds(3600)),
                observer: collector,
                origins: ["example": server.origin]
            )
        )
        let updates = client.updates(try JobReference("example.collecting:1"))
        let polling = Task {
            for try await _ in updates {}
        }
        let arrived = try #require(await service.arrival())
        try #require(arrived.headers.fields.contains { $0.value.contains(key) })
        collector.add(transport, CurlTransport.Configuration(), server, client, updates)
        polling.cancel()
        _ = await polling.result
        collector.add(transport, server)
        try await addScript(to: collector)
        return collector.collectedValues
    }

    /// Collects a loopback script that receives the key and responds with it.
    private func addScript(to collector: ValueCollector) async throws {
        let moment = LoopbackMoment.afterHead
        let fault = LoopbackFault.close(moment)
        let response = LoopbackResponse.fault(fault, in: .json(key, headers: ["X-Echo": key]))
        let script = LoopbackScript([response])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let request = FetchRequest(method: .get, url: server.url, headers: ["X-Api-Key": key])
        _ = try? await transport.send(request)
        collector.add(moment, fault, response, LoopbackResponse.text(key), script, server)
    }
}
