import FetchCore
import FetchCurl
import FetchTesting
import FetchURLSession
import Foundation

/// A request that is on its way over a real connection, and both of its ends.
struct SocketEncounter {
    let key: String
    let transport: any FetchTransport

    /// One for each transport of the library.
    static func all(key: String) throws -> [Self] {
        [Self(key: key, transport: URLSessionTransport()), Self(key: key, transport: try CurlTransport())]
    }

    /// The transport and the server while a request with the key is between them, and while half of an answer with the key in
    /// it is.
    func specimens() async throws -> [Specimen] {
        let collection = SpecimenLog()
        let service = WaitingService()
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        let endpoint = TalkativeEndpoint(authorization: .header("X-Api-Key"), collection: collection)
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(key)]),
            policy: PollingPolicy(requestTimeout: .seconds(3600)),
            origins: ["example": server.origin],
            observer: collection
        )
        let updates = client.updates(try JobReference("example.talk:1"))
        let waiting = Task {
            for try await _ in updates {}
        }
        try await service.arrival(carrying: key)
        collection.add(transport, CurlTransport.Configuration(), server, client, updates)
        waiting.cancel()
        _ = await waiting.result
        collection.add(transport, server)
        try await addScript(to: collection)
        return collection.specimens
    }

    /// A script that has been sent the key, and answers with it.
    private func addScript(to collection: SpecimenLog) async throws {
        let moment = LoopbackMoment.afterHead
        let fault = LoopbackFault.close(moment)
        let answer = LoopbackAnswer.fault(fault, in: .json(key, headers: ["X-Echo": key]))
        let script = LoopbackScript([answer])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        let request = FetchRequest(method: .get, url: server.url, headers: ["X-Api-Key": key])
        _ = try? await transport.send(request)
        collection.add(moment, fault, answer, LoopbackAnswer.text(key), script, server)
    }
}
