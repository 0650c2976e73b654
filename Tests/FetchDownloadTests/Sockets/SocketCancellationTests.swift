import FetchCore
import FetchCurl
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing
import TransportPeers

/// Downloads over sockets that are cancelled after some bytes.
@Suite("Downloads over sockets that are cancelled", .timeLimit(.minutes(2))) struct SocketCancellationTests {
    /// The task of a download, which a server cancels.
    private final class CancelledTask: Sendable {
        private let task = Mutex<Task<SavedFile, any Error>?>(nil)

        func set(_ newTask: Task<SavedFile, any Error>) { task.withLock { $0 = newTask } }
        func cancel() { task.withLock { $0 }?.cancel() }
    }

    private static let positions: [Int?] = [nil, 0, 1, 2, 50, 511, 512, 513, 65_536, 70_000, 150_000, 199_999]

    @Test(arguments: positions, [true, false])
    func `a download that is cancelled after some bytes leaves what can be continued, and is repeated`(
        position: Int?,
        hasTag: Bool
    ) async throws {
        let picture = ServedFiles.picture
        let folder = try TemporaryFolder()
        let cancelled = CancelledTask()
        let tag = hasTag ? "ETag: \"v1\"\r\n" : ""
        let peer = try Peer { connection in
            guard let request = connection.receiveRequest().map(ReceivedRequest.init) else { return }
            guard connection.number == 1 else {
                let start = request.start ?? 0
                var response = start == 0 ? WireResponse.file(picture) : .rest(picture, from: start)
                if hasTag { response.fields.append("ETag: \"v1\"") }
                return response.send(to: connection)
            }
            if let position {
                connection.send("HTTP/1.1 200 OK\r\n\(tag)Content-Length: \(picture.count)\r\n\r\n")
                _ = connection.send(Array(picture.prefix(position)))
            }
            cancelled.cancel()
            // The client closes the connection, or the test doesn't end.
            connection.socket.drain()
        }
        defer { peer.stop() }
        let downloads = Downloads(
            transport: try CurlTransport(),
            configuration: Downloads.Configuration(addresses: .any, plainHTTPHosts: ["127.0.0.1"], isDurable: false)
        )
        let artifact = Artifact(link: peer.url(path: "/a.png"))
        let (isSet, set) = AsyncStream<Void>.makeStream()
        let task = Task {
            for await _ in isSet {}
            return try await downloads.save(artifact, as: .named("a.png"), in: folder.url)
        }
        cancelled.set(task)
        set.finish()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(await Eventually.holds { peer.openConnections == 0 })
        let rest = folder.names
        #expect(rest.isEmpty || hasTag && rest.count == 2 && rest.allSatisfy { $0.hasPrefix(".a.png.") })

        let file = try await downloads.save(artifact, as: .named("a.png"), in: folder.url)
        #expect(folder.names == ["a.png"] && folder.bytes(of: "a.png") == picture)
        #expect(file.wasResumed == !rest.isEmpty || position ?? 0 < 2)
    }
}
