import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("A loopback server whose client sends before it has its response")
struct LoopbackEarlyBytesTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test func `serves the next request after the first`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { request in
            if request.url.path() == "/first" { await gate.opened() }
            return .json(request.url.path())
        }
        defer { server.stop() }
        let client = try RawClient(server)
        client.send("GET /first HTTP/1.1\r\nHost: h\r\n\r\nGET /second HTTP/1.1\r\nHo")
        await gate.reached()
        client.send("st: h\r\n\r\n")
        gate.open()
        let received = await client.receive(through: "/second")
        #expect(received.contains("/first"))
    }

    @Test func `notices that the client has gone`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.opened()
            return .json("1")
        }
        defer { server.stop() }
        var client: RawClient? = try RawClient(server)
        client?.send(Self.request)
        await gate.reached()
        client?.send(Self.request)
        client = nil
        await gate.cancelled()
    }

    @Test(arguments: [0, 3 << 20]) func `stops`(earlyBytes: Int) async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.opened()
            return .json("1")
        }
        let client = try RawClient(server)
        client.send(Self.request)
        await gate.reached()
        // More than the server keeps, from a thread that may have to wait until the server has gone.
        Thread.detachNewThread { client.send(String(repeating: "x", count: earlyBytes)) }
        server.stop()
        await gate.cancelled()
    }

    @Test func `refuses what isn't a request as soon as it looks at it`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.opened()
            return .json("1")
        }
        defer { server.stop() }
        let client = try RawClient(server)
        client.send(Self.request)
        await gate.reached()
        client.send("\u{16}\u{3}\u{1}")
        gate.open()
        #expect(await client.receiveAll().contains("HTTP/1.1 400"))
    }
}

/// Holds a response back until a test lets it go.
private final class Gate: Sendable {
    private let arrival = AsyncStream.makeStream(of: Void.self)
    private let opening = AsyncStream.makeStream(of: Void.self)
    private let cancellation = AsyncStream.makeStream(of: Void.self)

    func opened() async {
        arrival.continuation.yield()
        for await _ in opening.stream { break }
        if Task.isCancelled { cancellation.continuation.yield() }
    }

    func open() { opening.continuation.yield() }

    func reached() async { for await _ in arrival.stream { break } }

    func cancelled() async { for await _ in cancellation.stream { break } }
}
