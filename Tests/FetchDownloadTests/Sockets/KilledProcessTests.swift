#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchCurl
    import FetchDownload
    import FetchTesting
    import Foundation
    import Glibc
    import Synchronization
    import TestSupport
    import Testing
    import TransportPeers

    /// Downloads over curl in processes that are killed, each of which goes on where the one before ended.
    @Suite("Downloads of killed processes", .timeLimit(.minutes(5)))
    struct KilledProcessTests {
        /// The number of processes: 60, or what the environment says, since each takes a twentieth of a second.
        private static let count =
            ProcessInfo.processInfo.environment["FETCHKIT_KILLED_PROCESSES"].flatMap { Int($0) } ?? 60

        @Test func `of many processes that are killed, each leaves no file or the right one, and the next one goes on`()
            async throws
        {
            let server = try KillingServer()
            let folder = try TemporaryFolder()
            var random = SplitMix64(seed: 11)
            var (resumable, whole) = (0, 0)
            for round in 0..<Self.count {
                // Now and then, the file on the server changes.
                let version = round / 9
                server.prepare(version, killingAfter: .random(in: 0...KillingServer.size * 5 / 4, using: &random))
                let record = Self.record(in: folder)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [url = server.url as URL, directory = folder.url as URL] in
                    try await Self.download(url, into: directory, isKilled: true)
                }
                let request = try #require(server.requests.first)
                #expect((request["range"] != nil) == (record != nil), "round \(round)")
                #expect(request["if-range"] == record?.validator.ifRange, "round \(round)")
                if record != nil { resumable += 1 }
                guard let bytes = folder.bytes(of: "face.mp4") else { continue }
                #expect(Data(bytes) == Data(KillingServer.bytes(version)), "round \(round)")
                whole += 1
                try FileManager.default.removeItem(at: folder.url.appending(path: "face.mp4"))
            }
            #expect(resumable > Self.count / 4 && whole > 0, "\(resumable) resumed, \(whole) whole")
            server.prepare(99, killingAfter: nil)
            await #expect(processExitsWith: .success) { [url = server.url as URL, directory = folder.url as URL] in
                try await Self.download(url, into: directory, isKilled: false)
            }
            #expect(folder.bytes(of: "face.mp4") == KillingServer.bytes(99))
            try StaleParts.remove(in: folder.folder(), unchangedSince: .distantFuture)
            #expect(folder.names == ["face.mp4"])
        }

        /// Downloads a file, in a process of its own, whose id becomes part of the link.
        private static func download(_ url: URL, into directory: URL, isKilled: Bool) async throws {
            let downloads = Downloads(
                transport: try CurlTransport(),
                configuration: Downloads.Configuration(addresses: .any, plainHTTPHosts: ["127.0.0.1"])
            )
            let process = [URLQueryItem(name: "process", value: "\(getpid())")]
            let artifact = Artifact(link: url.appending(queryItems: process))
            _ = try await downloads.save(artifact, as: .named("face.mp4"), in: directory)
            guard isKilled else { return }
            // The server kills a process at this request at the latest.
            let end = Artifact(link: url.appending(path: "end").appending(queryItems: process))
            _ = try await downloads.save(end, as: .named("end"), in: directory)
        }

        /// Returns the record that a process has left beside a part.
        private static func record(in folder: TemporaryFolder) -> ResumeRecord? {
            let name = folder.names.first { $0.wholeMatch(of: /\.face\.mp4\.[0-9a-f]{16}\.part\.json/) != nil }
            guard let bytes = name.flatMap(folder.bytes) else { return nil }
            let record = ResumeRecord(stored: bytes)
            #expect(record != nil, "A record is replaced at once, so it is always whole.")
            return record
        }
    }

    /// A server whose file has versions, and that kills its client after some bytes.
    private final class KillingServer: Sendable {
        /// More than the system's buffers hold, so that the client has received a part when the server has sent it.
        static let size = 24 << 20

        private struct State {
            var version = 0
            /// The number of bytes after which the client is killed; `nil` to let it live.
            var limit: Int?
            var requests: [ReceivedRequest] = []
        }

        private final class Shared: Sendable {
            let state = Mutex(State())
        }

        private let shared: Shared
        private let peer: Peer

        static func bytes(_ version: Int) -> [UInt8] {
            var bytes = [UInt8](repeating: UInt8(truncatingIfNeeded: version), count: size)
            for index in stride(from: 0, to: size, by: 997) { bytes[index] = UInt8(truncatingIfNeeded: index >> 9) }
            return bytes
        }

        init() throws {
            let shared = Shared()
            self.shared = shared
            peer = try Peer { connection in
                guard let request = connection.receiveRequest().map(ReceivedRequest.init) else { return }
                let (version, limit) = shared.state.withLock { state in
                    state.requests.append(request)
                    return (state.version, state.limit)
                }
                if request.path.contains("/end") {
                    request.killProcess()
                    return
                }
                Self.respond(to: request, version, killingAfter: limit, connection)
            }
        }

        deinit { peer.stop() }

        var url: URL { peer.url(path: "/face.mp4") }

        /// The requests since the last preparation.
        var requests: [ReceivedRequest] { shared.state.withLock { $0.requests } }

        func prepare(_ version: Int, killingAfter limit: Int?) {
            shared.state.withLock { $0 = State(version: version, limit: limit) }
        }

        private static func respond(
            to request: ReceivedRequest,
            _ version: Int,
            killingAfter limit: Int?,
            _ connection: Peer.Connection
        ) {
            let (bytes, tag) = (bytes(version), "\"\(version)\"")
            let start = request["if-range"] == tag ? request.start ?? 0 : 0
            let fields = [
                "Connection: close", "ETag: \(tag)", "Content-Length: \(size - start)", "Content-Type: video/mp4",
            ]
            let head =
                start == 0
                ? ["HTTP/1.1 200 OK"]
                : ["HTTP/1.1 206 Partial Content", "Content-Range: bytes \(start)-\(size - 1)/\(size)"]
            // The limit counts from the beginning of the file, so that later processes are killed later as well.
            let end = min(max((limit ?? size) - start, 0), size - start)
            var rest = bytes[start...].prefix(end)
            if limit.map({ $0 > 0 }) ?? true {
                guard connection.send((head + fields + ["", ""]).joined(separator: "\r\n")) else { return }
            }
            while let part = Optional(rest.prefix(64 << 10)), !part.isEmpty, connection.send(Array(part)) {
                rest = rest.dropFirst(part.count)
            }
            // The client closes the connection when it has received everything.
            if limit.map({ $0 > size }) ?? true { connection.socket.finish() }
            // Of the others, some are killed when they have received everything, and some when the file has its name.
            if let limit, limit < size * 9 / 8 { request.killProcess() }
        }
    }

    extension ReceivedRequest {
        /// Kills the process whose id is in the path.
        fileprivate func killProcess() {
            guard let process = path.split(separator: "=").last.flatMap({ Int32($0) }), process > 1 else { return }
            kill(process, SIGKILL)
        }
    }
#endif
