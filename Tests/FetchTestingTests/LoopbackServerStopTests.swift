import FetchCore
import FetchTesting
import Foundation
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
        #expect(throws: RawClient.Refused.self) { try RawClient(server) }
    }

    @Test func `a released server stops`() async throws {
        var server: LoopbackServer? = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let idle = try RawClient(#require(server))
        server = nil
        #expect(await idle.receiveAll() == "")
    }

    @Test func `stopping cancels the service without waiting for it`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.arrival()
        server.stop()
        await service.cancelled()
        #expect(await client.receiveAll() == "")
    }

    @Test func `the service is cancelled when the client closes the connection`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        var client: RawClient? = try RawClient(server)
        client?.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.arrival()
        client = nil
        await service.cancelled()
    }

    #if os(Linux)
        @Test func `a stopped server leaves no descriptor open`() async throws {
            // Other tests open and close descriptors at the same time. After 300 rounds, a leak exceeds that variation.
            let before = try openDescriptors()
            for _ in 0..<300 {
                let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
                let client = try RawClient(server)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = await client.receive(through: "1")
                server.stop()
            }
            // The descriptors of other tests are closed after some time.
            for _ in 0..<2_000 where try openDescriptors() >= before + 250 {
                try await Task.sleep(for: .milliseconds(5))
            }
            #expect(try openDescriptors() < before + 250)
        }

        private func openDescriptors() throws -> Int {
            try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
        }
    #endif
}

/// A service that never responds. It reports the arrival and the cancellation of its requests.
private final class SilentService: FetchTransport {
    private let arrival = AsyncStream.makeStream(of: Void.self)
    private let cancellation = AsyncStream.makeStream(of: Void.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrival.continuation.yield()
        for await _ in AsyncStream<Never>.makeStream().stream {}
        cancellation.continuation.yield()
        throw CancellationError()
    }

    func arrival() async { for await _ in arrival.stream { break } }

    func cancelled() async { for await _ in cancellation.stream { break } }
}
