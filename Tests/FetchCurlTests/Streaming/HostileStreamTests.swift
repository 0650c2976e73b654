#if os(Linux)
    import FetchCore
    import FetchCurl
    import FetchTesting
    import Foundation
    import TestSupport
    import Testing
    import TransportPeers

    @Suite("Streamed responses of hostile peers", .serialized, .timeLimit(.minutes(2)))
    struct HostileStreamTests {
        @Test(arguments: HostileResponse.all.map(\.name))
        func `a response that is designed to exhaust its receiver ends a stream, and not the transport`(
            name: String
        ) async throws {
            let response = try #require(HostileResponse.all.first { $0.name == name })
            let peer = try Peer { response.serve(on: $0.socket) }
            let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
            defer { peer.stop() }
            let transport = try CurlTransport()
            // Without `identity`, so that bodies are decoded.
            let request = FetchRequest.download(
                peer.url(),
                headers: [:],
                timeout: .seconds(1),
                responseLimit: 3 << 20
            )
            do {
                let (bytes, _) = try await transport.stream(request).body.rest()
                #expect(bytes.count <= 3 << 20)
            } catch let error as FetchError {
                #expect([.connectionFailed, .requestTimeout, .responseTooLarge].contains(error.code))
            }
            #expect(try await transport.send(.patient(url: server.url)).status == 200)
            #expect(await Eventually.holds { peer.openConnections == 0 || name.contains("CR CR LF") })
        }
    }
#endif
