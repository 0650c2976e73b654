import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Pipelined requests to a loopback server")
struct LoopbackPipeliningTests {
    private static let request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n"

    @Test func `a pipelined request is served after the first one`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { request in
            if request.url.path() == "/first" { await gate.wait() }
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

    @Test func `a closed connection is detected after pipelined bytes`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.wait()
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

    @Test(arguments: [0, 3 << 20]) func `the server stops despite pipelined bytes`(pipelinedBytes: Int) async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.wait()
            return .json("1")
        }
        let client = try RawClient(server)
        client.send(Self.request)
        await gate.reached()
        // More bytes than the server buffers. The sending thread may block until the server stops.
        Thread.detachNewThread { client.send(String(repeating: "x", count: pipelinedBytes)) }
        server.stop()
        await gate.cancelled()
    }

    @Test func `malformed pipelined bytes are rejected after the first response`() async throws {
        let gate = Gate()
        let server = try LoopbackServer { _ in
            await gate.wait()
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

/// A gate that suspends a response until the test opens it.
private final class Gate: Sendable {
    private let arrival = AsyncStream.makeStream(of: Void.self)
    private let opening = AsyncStream.makeStream(of: Void.self)
    private let cancellation = AsyncStream.makeStream(of: Void.self)

    func wait() async {
        arrival.continuation.yield()
        for await _ in opening.stream { break }
        if Task.isCancelled { cancellation.continuation.yield() }
    }

    func open() { opening.continuation.yield() }

    func reached() async { for await _ in arrival.stream { break } }

    func cancelled() async { for await _ in cancellation.stream { break } }
}
