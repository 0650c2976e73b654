import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("A loopback server that is stopped")
struct LoopbackServerStopTests {
    @Test func `refuses connections and closes those it has`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let idle = try RawClient(server)
        idle.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        _ = await idle.receive(through: "1")
        server.stop()
        server.stop()
        #expect(await idle.receiveAll() == "")
        #expect(throws: RawClient.Refused.self) { try RawClient(server) }
    }

    @Test func `is one that nobody holds any more`() async throws {
        var server: LoopbackServer? = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
        let idle = try RawClient(#require(server))
        server = nil
        #expect(await idle.receiveAll() == "")
    }

    @Test func `doesn't wait for its service, and cancels it`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        let client = try RawClient(server)
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.hasArrived()
        server.stop()
        await service.isCancelled()
        #expect(await client.receiveAll() == "")
    }

    @Test func `is not needed to cancel the service when the client goes away`() async throws {
        let service = SilentService()
        let server = try LoopbackServer(serving: service)
        var client: RawClient? = try RawClient(server)
        client?.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
        await service.hasArrived()
        client = nil
        await service.isCancelled()
    }

    #if os(Linux)
        @Test func `leaves no descriptor open`() async throws {
            // Other tests open and close descriptors at the same time: many rounds make a leak stand out.
            let before = try openDescriptors()
            for _ in 0..<300 {
                let server = try LoopbackServer(serving: ScriptedTransport([.json("1")]))
                let client = try RawClient(server)
                client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n")
                _ = await client.receive(through: "1")
                server.stop()
            }
            // What other tests have open at this moment goes away again.
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

/// Never answers, and says when it is asked and when it is cancelled.
private final class SilentService: FetchTransport {
    private let arrival = AsyncStream.makeStream(of: Void.self)
    private let cancellation = AsyncStream.makeStream(of: Void.self)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        arrival.continuation.yield()
        for await _ in AsyncStream<Never>.makeStream().stream {}
        cancellation.continuation.yield()
        throw CancellationError()
    }

    func hasArrived() async { for await _ in arrival.stream { break } }

    func isCancelled() async { for await _ in cancellation.stream { break } }
}
