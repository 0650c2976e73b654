import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

/// Tests of downloads that go on after an interruption, with a server that says less or something else than before.
@Suite("Downloads that are continued") struct ContinuedDownloadTests {
    private static let whole = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 2) }
    private let clock = VirtualClock()
    private let folder: TemporaryFolder
    private let link = URL(string: "https://cdn.example.com/out/a.bin")!
    private let mirror = URL(string: "https://mirror.example.org/a.bin")!

    init() throws { folder = try TemporaryFolder() }

    private func save(
        _ artifact: Artifact? = nil,
        from transport: ScriptedStreams,
        as name: FileName = .named("a.bin"),
        _ configuration: Downloads.Configuration = Downloads.Configuration()
    ) async throws -> SavedFile {
        let downloads = Downloads(
            transport: transport,
            configuration: configuration,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        let artifact = artifact ?? Artifact(link: link)
        return try await clock.run { [folder] in try await downloads.save(artifact, as: name, in: folder.url) }
    }

    /// A response without a length.
    private static func chunked(
        _ bytes: some Sequence<UInt8>,
        _ headers: HeaderFields = [:],
        status: Int = 200,
        isCut: Bool = false
    ) -> StreamedResponse {
        let chunks = AsyncThrowingStream<Data, any Error> { continuation in
            continuation.yield(Data(bytes))
            continuation.finish(throwing: isCut ? FetchError(.connectionFailed, "the response is incomplete") : nil)
        }
        return StreamedResponse(status: status, headers: headers, body: StreamedResponse.Body(chunks))
    }

    private static func start(of request: FetchRequest) -> Int? {
        request.headers["Range"].flatMap { Int($0.dropFirst("bytes=".count).dropLast()) }
    }

    @Test func `the rest of a file of unknown length isn't taken for its end`() async throws {
        let transport = ScriptedStreams { request, number in
            if number == 1 { return Self.chunked(Self.whole[..<600], ["ETag": "\"v1\""], isCut: true) }
            guard let start = Self.start(of: request) else { return Self.chunked(Self.whole) }
            return Self.chunked(Self.whole[start..<800], ["Content-Range": "bytes \(start)-799/*"], status: 206)
        }
        let file = try await save(from: transport)
        #expect(try Data(contentsOf: file.url) == Data(Self.whole))
        #expect(transport.requests.count == 3)
    }

    @Test func `a rest that ends early is continued where it ended`() async throws {
        let transport = ScriptedStreams { request, number in
            let tag: HeaderFields = ["ETag": "\"v1\""]
            guard number > 1, let start = Self.start(of: request) else {
                return .bytes(Self.whole, headers: tag, cutAt: 600)
            }
            let end = number == 2 ? 800 : 1_000
            let headers: HeaderFields = ["ETag": "\"v1\"", "Content-Range": "bytes \(start)-\(end - 1)/1000"]
            return Self.chunked(Self.whole[start..<end], headers, status: 206)
        }
        let file = try await save(from: transport)
        #expect(try Data(contentsOf: file.url) == Data(Self.whole))
        #expect(file.proof == .length)
        #expect(transport.requests.count == 3)
        #expect(transport.requests.last.flatMap(Self.start) == 800 - 799)
    }

    @Test func `a range with fewer bytes than it states isn't the end`() async throws {
        let transport = ScriptedStreams { request, number in
            guard number > 1, let start = Self.start(of: request) else {
                return .bytes(Self.whole, headers: ["ETag": "\"v1\""], cutAt: 600)
            }
            let headers: HeaderFields = ["ETag": "\"v1\"", "Content-Range": "bytes \(start)-999/1000"]
            return Self.chunked(Self.whole[start..<(number == 2 ? 700 : 1_000)], headers, status: 206)
        }
        #expect(try Data(contentsOf: await save(from: transport).url) == Data(Self.whole))
        #expect(transport.requests.count == 3)
    }

    @Test func `a digest of the first response is verified when the rest is there`() async throws {
        // The digest of other bytes.
        let digest = "sha-256=:\(Data(repeating: 7, count: 32).base64EncodedString()):"
        let transport = ScriptedStreams { request, number in
            guard number > 1, let start = Self.start(of: request) else {
                let headers: HeaderFields = ["ETag": "\"v1\"", "Repr-Digest": digest]
                return .bytes(Self.whole, headers: headers, cutAt: 600)
            }
            let headers: HeaderFields = ["ETag": "\"v1\"", "Content-Range": "bytes \(start)-999/1000"]
            return .bytes(Array(Self.whole[start...]), status: 206, headers: headers)
        }
        let error = await #expect(throws: FetchError.self) { try await save(from: transport) }
        #expect(error?.code == .incompleteOutput)
        #expect(folder.names.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a mirror continues a file only if it states the same version`(hasTag: Bool) async throws {
        let other = [UInt8](repeating: 9, count: 1_000)
        let transport = ScriptedStreams { [mirror] request, _ in
            guard request.url == mirror else { return .bytes(Self.whole, headers: ["ETag": "\"v1\""], cutAt: 600) }
            let file = hasTag ? Self.whole : Array(Self.whole[..<600]) + other[600...]
            guard let start = Self.start(of: request) else { return .bytes(other) }
            var headers: HeaderFields = ["Content-Range": "bytes \(start)-999/1000"]
            if hasTag { headers["ETag"] = "\"v1\"" }
            return .bytes(Array(file[start...]), status: 206, headers: headers)
        }
        let file = try await save(Artifact(link: link, mirrors: [mirror]), from: transport)
        #expect(try Data(contentsOf: file.url) == Data(hasTag ? Self.whole : other))
    }

    @Test func `nothing of a file that is too large stays`() async throws {
        let configuration = Downloads.Configuration(maximumBytes: 900)
        let endless = ScriptedStreams { _, _ in Self.chunked(Self.whole, ["ETag": "\"v1\""]) }
        let error = await #expect(throws: FetchError.self) { try await save(from: endless, configuration) }
        #expect(error?.code == .responseTooLarge)
        #expect(folder.names.isEmpty)

        let rest = ScriptedStreams { request, number in
            guard number > 1, let start = Self.start(of: request) else {
                return Self.chunked(Self.whole[..<600], ["ETag": "\"v1\""], isCut: true)
            }
            let headers: HeaderFields = ["ETag": "\"v1\"", "Content-Range": "bytes \(start)-999/1000"]
            return Self.chunked(Self.whole[start...], headers, status: 206)
        }
        let second = await #expect(throws: FetchError.self) { try await save(from: rest, configuration) }
        #expect(second?.code == .responseTooLarge)
        #expect(rest.requests.count == 2)
        #expect(folder.names.isEmpty)
    }

    @Test func `a file that is there already is said to have been there`() async throws {
        let transport = ScriptedStreams { _, _ in .bytes(Self.whole) }
        let configuration = Downloads.Configuration(existingFile: .keepIfSame)
        #expect(try await !save(from: transport, configuration).wasResumed)
        #expect(try await save(from: transport, configuration).wasResumed)
    }

    @Test(arguments: [
        ("https://cdn.example.com/out/a.png", FileName.generated), ("https://cdn.example.com/out/7", .generated),
        ("https://cdn.example.com/out/a.png", .fromServer), ("https://cdn.example.com/out/7", .named("a.jpg")),
    ])
    func `a later download goes on with the part, whatever the content turns out to be`(link: String, name: FileName)
        async throws
    {
        // A picture of another kind than the link says, whose name the server tells.
        let picture = SampleFiles.jpeg
        let fields: HeaderFields = ["ETag": "\"v1\"", "Content-Disposition": "attachment; filename=face.jpg"]
        let artifact = Artifact(link: try #require(URL(string: link)))
        let failing = ScriptedStreams { _, number in
            guard number == 1 else { throw FetchError(.connectionFailed, "no connection") }
            return .bytes(picture, headers: fields, cutAt: picture.count / 2)
        }
        await #expect(throws: FetchError.self) { try await save(artifact, from: failing, as: name) }
        #expect(folder.names.count == 2)

        let whole = ScriptedStreams { request, _ in
            guard let start = Self.start(of: request) else { return .bytes(picture, headers: fields) }
            var headers = fields
            headers["Content-Range"] = "bytes \(start)-\(picture.count - 1)/\(picture.count)"
            return .bytes(Array(picture[start...]), status: 206, headers: headers)
        }
        let file = try await save(artifact, from: whole, as: name)
        #expect(file.wasResumed)
        #expect(whole.requests.first?.headers["If-Range"] == "\"v1\"")
        #expect(try Data(contentsOf: file.url) == Data(picture))
        #expect(file.mediaType == "image/jpeg")
        #expect(file.url.pathExtension == "jpg")
        #expect(folder.names == [file.url.lastPathComponent])
    }

    @Test func `a redirect is followed without its body`() async throws {
        let transport = ScriptedStreams { request, _ in
            request.url.path() == "/moved"
                ? .bytes(Self.whole) : .bytes([1], status: 302, headers: ["Location": "/moved"], cutAt: 0)
        }
        #expect(try Data(contentsOf: await save(from: transport).url) == Data(Self.whole))
        #expect(transport.requests.count == 2)
    }
}
