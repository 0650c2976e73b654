import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("Downloads of single files") struct DownloadTests {
    private let clock = VirtualClock()
    private let link = URL(string: "https://cdn.example.com/out/a.png?signature=abc")!

    /// Saves an artifact in virtual time, and returns the file or the error, and what is in the folder.
    private func save(
        _ artifact: Artifact,
        from transport: ScriptedStreams,
        as name: FileName = .named("a.png"),
        _ configuration: Downloads.Configuration = Downloads.Configuration(),
        in folder: TemporaryFolder
    ) async throws -> Result<SavedFile, FetchError> {
        let downloads = Downloads(
            transport: transport,
            configuration: configuration,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        return try await clock.run {
            do {
                return .success(try await downloads.save(artifact, as: name, in: folder.url))
            } catch let error as FetchError {
                return .failure(error)
            }
        }
    }

    @Test func `a file is saved under its name, with the proof that it is whole`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let file = try await save(Artifact(link: link), from: transport, in: folder).get()
        #expect(file.url.lastPathComponent == "a.png")
        #expect(try Data(contentsOf: file.url) == Data(SampleFiles.png))
        #expect(file.proof == .length)
        #expect(file.mediaType == "image/png")
        #expect(file.source == link)
        #expect(!file.wasResumed)
        #expect(folder.names == ["a.png"])
        let request = try #require(transport.requests.first)
        #expect(request.headers.fields.map(\.name) == ["Accept-Encoding"])
        #expect(request.addressPolicy == .publicOnly)
    }

    @Test(arguments: [true, false])
    func `a transfer that ends early goes on where it ended, if the server says which file it is`(hasTag: Bool)
        async throws
    {
        let folder = try TemporaryFolder()
        let bytes = SampleFiles.png
        let tag: HeaderFields = hasTag ? ["ETag": "\"v1\""] : [:]
        let transport = ScriptedStreams { request, number in
            guard number > 1 else { return .bytes(bytes, headers: tag, cutAt: bytes.count / 2) }
            guard let start = request.headers["Range"].flatMap({ Int($0.dropFirst(6).dropLast()) }) else {
                return .bytes(bytes, headers: tag)
            }
            var headers = tag
            headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
            return .bytes(Array(bytes[start...]), status: 206, headers: headers)
        }
        let file = try await save(Artifact(link: link), from: transport, in: folder).get()
        #expect(try Data(contentsOf: file.url) == Data(bytes))
        #expect(folder.names == ["a.png"])
        #expect(transport.requests.count == 2)
        #expect((transport.requests[1].headers["Range"] != nil) == hasTag)
        #expect((transport.requests[1].headers["If-Range"] == "\"v1\"") == hasTag)
    }

    @Test func `a file that changed while it was received is received from its beginning`() async throws {
        let folder = try TemporaryFolder()
        let (old, new) = ([UInt8](repeating: 1, count: 1_000), [UInt8](repeating: 2, count: 1_000))
        let transport = ScriptedStreams { request, number in
            if number == 1 { return .bytes(old, headers: ["ETag": "\"v1\""], cutAt: 600) }
            // A server that ignores If-Range, and has the same tag for another file.
            guard let start = request.headers["Range"].flatMap({ Int($0.dropFirst(6).dropLast()) }) else {
                return .bytes(new, headers: ["ETag": "\"v1\""])
            }
            let range = "bytes \(start)-999/1000"
            return .bytes(Array(new[start...]), status: 206, headers: ["ETag": "\"v1\"", "Content-Range": range])
        }
        let file = try await save(Artifact(link: link), from: transport, in: folder).get()
        #expect(try Data(contentsOf: file.url) == Data(new))
        #expect(transport.requests.count == 3)
    }

    @Test func `a body that is shorter than its structure isn't a file`() async throws {
        let folder = try TemporaryFolder()
        let half = Array(SampleFiles.png.prefix(SampleFiles.png.count / 2))
        let transport = ScriptedStreams(.bytes(half))
        let result = try await save(Artifact(link: link), from: transport, in: folder)
        #expect(throws: FetchError.self) { try result.get() }
        guard case .failure(let error) = result else { return }
        #expect(error.code == .incompleteOutput)
        #expect(folder.names.isEmpty)
    }

    @Test func `a page in place of a picture isn't saved`() async throws {
        let folder = try TemporaryFolder()
        let page = "<!DOCTYPE html><html><body>Sign in</body></html>"
        let transport = ScriptedStreams(.status(200, ["Content-Type": "text/html"], page))
        let result = try await save(Artifact(link: link), from: transport, in: folder)
        guard case .failure(let error) = result else {
            Issue.record("The page was saved.")
            return
        }
        #expect(error.code == .unexpectedOutput)
        #expect(folder.names.isEmpty)
    }

    @Test func `a mirror is requested if the link is dead, and no other header is sent to it`() async throws {
        let folder = try TemporaryFolder()
        let mirror = URL(string: "https://mirror.example.org/a.png")!
        let transport = ScriptedStreams { request, _ in
            request.url.host() == "mirror.example.org" ? .bytes(SampleFiles.png) : .status(404)
        }
        let artifact = Artifact(link: link, mirrors: [mirror])
        let file = try await save(artifact, from: transport, in: folder).get()
        #expect(file.source == mirror)
        #expect(transport.requests.map { $0.url.host() } == ["cdn.example.com", "mirror.example.org"])
        #expect(transport.requests.allSatisfy { $0.headers.fields.map(\.name) == ["Accept-Encoding"] })
    }

    @Test func `a redirect is followed five times, and never to plain http`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, number in
            number <= 5 ? .status(302, ["Location": "/hop/\(number)"]) : .bytes(SampleFiles.png)
        }
        #expect(try await save(Artifact(link: link), from: transport, in: folder).get().bytes > 0)
        #expect(transport.requests.last?.url.path() == "/hop/5")

        let endless = ScriptedStreams(.status(302, ["Location": "/again"]))
        let plain = ScriptedStreams(.status(302, ["Location": "http://cdn.example.com/a.png"]))
        for (transport, code) in [(endless, FetchError.Code.redirected), (plain, .refusedURL)] {
            let result = try await save(Artifact(link: link), from: transport, as: .named("b.png"), in: folder)
            guard case .failure(let error) = result else {
                Issue.record("The redirect was followed.")
                continue
            }
            #expect(error.code == code)
        }
        #expect(folder.names == ["a.png"])
    }

    @Test(arguments: [
        "http://cdn.example.com/a.png", "https://127.0.0.1/a.png", "https://169.254.169.254/latest",
        "https://[::1]/a.png", "https://router.local/a.png",
    ])
    func `no request is sent to a private address or over plain http`(link: String) async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let result = try await save(Artifact(link: URL(string: link)!), from: transport, in: folder)
        guard case .failure(let error) = result else {
            Issue.record("A request was sent.")
            return
        }
        #expect(error.code == .refusedURL)
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["Files.Example", "files.example.", "FILES.EXAMPLE", "10.1.2.3", "[::1]", "::1"])
    func `a host with plain http is the same in each spelling`(host: String) async throws {
        let folder = try TemporaryFolder()
        let configuration = Downloads.Configuration(addresses: .any, plainHTTPHosts: [host])
        for allowed in ["files.example", "10.1.2.3", "[::1]"] where "[\(host)].".lowercased().contains(allowed) {
            let artifact = Artifact(link: URL(string: "http://\(allowed)/a.png")!)
            let transport = ScriptedStreams(.bytes(SampleFiles.png))
            #expect(try await save(artifact, from: transport, configuration, in: folder).get().bytes > 0)
            #expect(transport.requests.count == 1)
        }
        #expect(folder.names == ["a.png"])
    }

    @Test func `an error that a setting resolves names the setting`() async throws {
        let folder = try TemporaryFolder()
        let configuration = Downloads.Configuration(maximumBytes: 10)
        let large = ScriptedStreams { request, _ in throw request.responseTooLargeError }
        let local = Artifact(link: URL(string: "https://10.0.0.1/a.png")!)
        let picture = ScriptedStreams(.bytes(SampleFiles.png))
        let results = [
            (try await save(Artifact(link: link), from: large, configuration, in: folder), "maximumBytes"),
            (try await save(Artifact(link: link), from: picture, configuration, in: folder), "maximumBytes"),
            (try await save(Artifact(.text("a long poem")), from: large, configuration, in: folder), "maximumBytes"),
            (try await save(local, from: large, in: folder), "addresses"),
        ]
        for (result, setting) in results {
            let error = #expect(throws: FetchError.self) { try result.get() }
            #expect(error?.remedy?.contains("\(setting) of Downloads.Configuration") == true)
        }
    }

    @Test func `a mirror is requested if the link has a scheme that can't be requested`() async throws {
        let folder = try TemporaryFolder()
        let (bucket, mirror) = (URL(string: "gs://bucket/a.png")!, URL(string: "https://mirror.example.org/a.png")!)
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let file = try await save(Artifact(link: bucket, mirrors: [mirror]), from: transport, in: folder).get()
        #expect(file.source == mirror)
        let alone = try await save(Artifact(link: bucket), from: transport, as: .named("b.png"), in: folder)
        let error = #expect(throws: FetchError.self) { try alone.get() }
        #expect(error?.code == .refusedURL)
        #expect(transport.requests.map(\.url) == [mirror])
    }

    @Test func `links that differ only in their query are files of their own`() async throws {
        let folder = try TemporaryFolder()
        for (file, number) in [("a", 1), ("b", 2), ("a", 2)] {
            let link = URL(string: "https://cdn.example.com/get?file=\(file)&Signature=\(number)")!
            let transport = ScriptedStreams(.bytes(Array("the file \(file)".utf8)))
            let configuration = Downloads.Configuration(existingFile: .replace)
            _ = try await save(Artifact(link: link), from: transport, as: .generated, configuration, in: folder).get()
        }
        let contents = folder.names.compactMap { folder.bytes(of: $0) }.map { String(decoding: $0, as: UTF8.self) }
        #expect(contents.sorted() == ["the file a", "the file b"])
    }

    @Test func `a server that fails is requested again with growing pauses, and not for ever`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.status(503))
        let start = clock.now
        let result = try await save(Artifact(link: link), from: transport, in: folder)
        guard case .failure(let error) = result else {
            Issue.record("A file was saved.")
            return
        }
        #expect(error.code == .serverError)
        #expect(transport.requests.count == DownloadPlan.maximumFailures)
        #expect(start.duration(to: clock.now) > .seconds(60))
        #expect(start.duration(to: clock.now) < .seconds(300))
    }

    @Test func `a connection on which nothing arrives is given up, and the request repeated`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { _, number in
            if number > 1 { return .bytes(SampleFiles.png) }
            let (silence, continuation) = AsyncThrowingStream<Data, any Error>.makeStream()
            continuation.yield(Data(SampleFiles.png.prefix(20)))
            return StreamedResponse(status: 200, body: StreamedResponse.Body(silence))
        }
        let file = try await save(Artifact(link: link), from: transport, in: folder).get()
        #expect(try Data(contentsOf: file.url) == Data(SampleFiles.png))
        #expect(transport.requests.count == 2)
    }

    @Test func `a connection is given up when nothing has arrived for exactly the idle timeout`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { [clock] _, number in
            if number > 1 { throw FetchError(.unauthorized, "\(clock.elapsed)") }
            let sent = Counter()
            let chunks = AsyncThrowingStream<Data, any Error> {
                try await clock.sleep(for: .seconds(sent.next() == 1 ? 20 : 1_000))
                return Data(SampleFiles.png.prefix(20))
            }
            return StreamedResponse(status: 200, body: StreamedResponse.Body(chunks))
        }
        let result = try await save(Artifact(link: link), from: transport, in: folder)
        #expect(throws: FetchError.self) { try result.get() }
        #expect(transport.requests.count == 2)
        // The pause before the second request is between a half and two seconds.
        #expect(clock.elapsed >= .seconds(50.5))
        #expect(clock.elapsed <= .seconds(52))
    }

    @Test func `bytes, strings and JSON of a response are saved in the same way`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.status(500))
        let outputs: [(Artifact, String, String)] = [
            (Artifact(.data(Data(SampleFiles.png))), "png", ""), (Artifact(.text("a poem")), "txt", "a poem"),
            (Artifact(.json(["b": 1, "a": "x/y"])), "json", #"{"a":"x/y","b":1}"#),
        ]
        for (artifact, fileExtension, text) in outputs {
            let file = try await save(artifact, from: transport, as: .generated, in: folder).get()
            #expect(file.url.pathExtension == fileExtension)
            #expect(file.proof == .length && file.source == nil)
            if !text.isEmpty { #expect(try String(contentsOf: file.url, encoding: .utf8) == text) }
        }
        #expect(transport.requests.isEmpty)
    }

    @Test(arguments: ["a.txt", "_a-1.tar.gz", "a b.txt", "ü.txt", "a%41.txt"])
    func `a saved file has the URL of its folder with its name`(name: String) async throws {
        let parent = try TemporaryFolder()
        let folder = try TemporaryFolder(in: parent.url.appending(path: "ü 1%"))
        let transport = ScriptedStreams(.status(500))
        let file = try await save(Artifact(.text("a poem")), from: transport, as: .named(name), in: folder).get()
        #expect(file.url == folder.url.appending(path: name))
    }

    @Test func `a file that needs the provider's key isn't requested without it`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let result = try await save(Artifact(link: link, needsKey: true), from: transport, in: folder)
        guard case .failure(let error) = result else {
            Issue.record("The file was saved.")
            return
        }
        #expect(error.code == .missingKey)
        #expect(transport.requests.isEmpty)
    }

    @Test func `a download can be repeated without harm`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let first = try await save(Artifact(link: link), from: transport, as: .generated, in: folder).get()
        let second = try await save(Artifact(link: link), from: transport, as: .generated, in: folder).get()
        #expect(first.url == second.url)
        #expect(folder.names.count == 1)
    }

    @Test func `no time of the virtual clock passes while a file with progress is requested`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { [clock] _, _ in
            for _ in 0..<10_000 { await Task.yield() }
            #expect(clock.elapsed == .zero)
            return .bytes(SampleFiles.png)
        }
        let downloads = Downloads(
            transport: transport,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        let link = link
        try await clock.run { [clock] in
            async let sleep: Void = clock.sleep(for: .seconds(10))
            var last: DownloadProgress?
            for try await progress in downloads.progress(of: Artifact(link: link), in: folder.url) { last = progress }
            #expect(last?.file?.bytes == Int64(SampleFiles.png.count))
            try await sleep
        }
    }
}
