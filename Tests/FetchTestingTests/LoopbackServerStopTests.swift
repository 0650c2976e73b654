import FetchCore
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Stopping a loopback server")
struct LoopbackServerStopTests {
    @Test func `a stopped server closes its connections and refuses new ones`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let idle = try RawClient(server)
        idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = await idle.receive(through: "1")
        server.stop()
        server.stop()
        #expect(await idle.receiveAll() == "")
        #expect(throws: TCPConnection.Refused.self) { try RawClient(server) }
    }

    @Test func `a released server stops`() async throws {
        var server: LoopbackServer? = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let idle = try RawClient(#require(server))
        server = nil
        #expect(await idle.receiveAll() == "")
    }

    @Test func `stopping cancels the service without waiting for it`() async throws {
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.arrival()
        server.stop()
        await service.cancellation()
        #expect(await client.receiveAll() == "")
    }

    @Test func `the service is cancelled when the client closes the connection`() async throws {
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        var client: RawClient? = try RawClient(server)
        client?.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.arrival()
        client = nil
        await service.cancellation()
    }

    #if os(Linux)
        @Test func `a stopped server leaves no descriptor open`() async throws {
            // Other tests open and close descriptors at the same time. After 300 rounds, a leak exceeds that variation.
            let before = Descriptors.count
            for _ in 0..<300 {
                let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
                let client = try RawClient(server)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = await client.receive(through: "1")
                server.stop()
            }
            // The descriptors of other tests are closed after some time.
            #expect(await Eventually.holds { Descriptors.count < before + 250 })
        }
    #endif
}
