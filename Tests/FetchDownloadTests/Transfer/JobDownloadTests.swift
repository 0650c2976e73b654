import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Downloads of the outputs of jobs") struct JobDownloadTests {
    private static let key = "sk-canary-51d2a7f3c96e4b08"
    private let clock = VirtualClock()

    private var environment: FetchClient.Environment {
        FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
    }

    private func client(_ endpoint: Gallery, _ transport: ScriptedStreams) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: environment
        )
    }

    private func download(
        _ endpoint: Gallery = Gallery(),
        from transport: ScriptedStreams,
        in folder: TemporaryFolder
    ) async throws -> Result<SavedOutputs, FetchError> {
        let (client, job) = (try client(endpoint, transport), try JobReference("example.gallery:42"))
        return try await clock.run {
            do {
                return .success(try await client.download(outputsOf: job, into: folder.url))
            } catch let error as FetchError {
                return .failure(error)
            }
        }
    }

    @Test
    func `the outputs of a job are saved under names of endpoint, id and index, and no key is sent to their host`()
        async throws
    {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, number in
            if number == 1 { return .status(200, [:], #"{"status":"processing"}"#) }
            if request.url.host() == "api.example.com" {
                return Gallery.links("https://cdn.example.net/a.png", "https://cdn.example.net/b.gif")
            }
            return .bytes(request.url.path() == "/a.png" ? SampleFiles.png : SampleFiles.gif)
        }
        let saved = try await download(from: transport, in: folder).get()
        #expect(folder.names == ["example.gallery-42-0.png", "example.gallery-42-1.gif"])
        #expect(saved.files.map { $0.url.lastPathComponent } == folder.names)
        #expect(saved.failures.isEmpty)
        let foreign = transport.requests.filter { $0.url.host() == "cdn.example.net" }
        #expect(foreign.count == 2)
        #expect(foreign.allSatisfy { request in request.headers.fields.allSatisfy { !$0.value.contains(Self.key) } })
    }

    @Test func `a job is polled again once where its links are dead, and the new ones are requested`() async throws {
        let folder = try TemporaryFolder()
        let expired =
            "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
        let transport = ScriptedStreams { request, number in
            switch request.url.path() {
            case "/v1/jobs/42" where number == 1:
                Gallery.links("https://cdn.example.net/1a", "https://cdn.example.net/1b")
            case "/v1/jobs/42": Gallery.links("https://cdn.example.net/2a", "https://cdn.example.net/2b")
            case "/1a", "/1b": .status(403, [:], expired)
            default: .bytes(SampleFiles.png)
            }
        }
        let saved = try await download(from: transport, in: folder).get()
        #expect(saved.files.count == 2 && saved.failures.isEmpty)
        #expect(transport.requests.count { $0.url.host() == "api.example.com" } == 2)
        #expect(saved.files.map { $0.source?.path() } == ["/2a", "/2b"])
    }

    @Test func `a file that isn't there yet is waited for after the end of the job`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, number in
            if number == 1 { return .status(200, [:], "{}") }
            if request.url.host() == "api.example.com" { return Gallery.links("https://cdn.example.net/a.png") }
            return number < 7 ? .status(404) : .bytes(SampleFiles.png)
        }
        let saved = try await download(from: transport, in: folder).get()
        #expect(saved.files.count == 1)
        #expect(transport.requests.count == 7)
    }

    @Test func `an output that can't be saved doesn't cost the others`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, _ in
            if request.url.host() == "api.example.com" {
                return Gallery.links("https://cdn.example.net/a.png", "https://cdn.example.net/gone.png")
            }
            return request.url.path() == "/gone.png" ? .status(401) : .bytes(SampleFiles.png)
        }
        let saved = try await download(from: transport, in: folder).get()
        #expect(saved.files.count == 1)
        #expect(saved.failures.map(\.index) == [1])
        #expect(saved.failures.first?.error.code == .unauthorized)
        #expect(saved.failures.first?.error.job?.description == "example.gallery:42")
    }

    @Test func `the key is sent to the provider's own server only, and not where that redirects to`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, _ in
            switch (request.url.host(), request.url.path()) {
            case ("api.example.com", "/v1/jobs/42"): Gallery.links("https://api.example.com/v1/files/1")
            case ("api.example.com", _): .status(302, ["Location": "https://storage.example.net/1?signature=x"])
            default: .bytes(SampleFiles.png)
            }
        }
        let saved = try await download(Gallery(needsKey: true), from: transport, in: folder).get()
        #expect(saved.files.count == 1)
        let keys = transport.requests.map { $0.headers["Authorization"] }
        #expect(keys == ["Bearer \(Self.key)", "Bearer \(Self.key)", nil])
    }

    @Test
    func `the last output gets a new link if that of the first one's poll has died meanwhile`() async throws {
        // Links that live for ten minutes. Those of the first response are dead.
        let expired = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
        let folder = try TemporaryFolder()
        let polls = Mutex<[Duration]>([])
        let transport = ScriptedStreams { [clock] request, _ in
            guard request.url.host() == "cdn.example.net" else {
                let poll = polls.withLock { polls in
                    polls.append(clock.elapsed)
                    return polls.count
                }
                return Gallery.links((0..<2).map { "https://cdn.example.net/\($0)/\(poll)" })
            }
            let poll = Int(request.url.lastPathComponent) ?? 0
            guard poll > 1, clock.elapsed - polls.withLock({ $0[poll - 1] }) < .seconds(600) else {
                return .status(403, [:], expired)
            }
            let sent = Counter()
            let chunks = AsyncThrowingStream {
                try await clock.sleep(for: .seconds(20))
                return sent.next() <= 36 ? Data(repeating: 1, count: 4_096) : nil
            }
            let headers: HeaderFields = ["Content-Length": "\(36 * 4_096)"]
            return StreamedResponse(status: 200, headers: headers, body: StreamedResponse.Body(chunks))
        }
        let (client, job) = (try client(Gallery(), transport), try JobReference("example.gallery:42"))
        let downloads = Downloads(
            transport: transport,
            configuration: Downloads.Configuration(downloadsPerHost: 1),
            environment: environment
        )
        let saved = try await clock.run {
            try await client.download(outputsOf: job, into: folder.url, with: downloads)
        }
        #expect(saved.failures.isEmpty)
        #expect(saved.files.count == 2)
        #expect(polls.withLock { $0.count } == 3)
    }

    @Test func `a job is downloaded by type, without being registered`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, number in
            switch (request.url.host(), request.url.path()) {
            case ("api.example.com", "/v1/jobs/7") where number == 1:
                Gallery.links("https://api.example.com/v1/files/dead")
            case ("api.example.com", "/v1/jobs/7"): Gallery.links("https://api.example.com/v1/files/1")
            case (_, "/v1/files/dead"): .status(410)
            default: .bytes(SampleFiles.png)
            }
        }
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: environment
        )
        let saved = try await clock.run {
            try await client.download(outputsOf: Gallery(needsKey: true), id: "7", into: folder.url)
        }
        #expect(saved.files.map { $0.url.lastPathComponent } == ["example.gallery-7-0.png"])
        #expect(transport.requests.count == 4)
        #expect(transport.requests.allSatisfy { $0.headers["Authorization"] == "Bearer \(Self.key)" })
    }

    @Test(arguments: [false, true])
    func `the wait for the job ends at the deadline of the policy that is passed`(isTyped: Bool) async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams(.status(200, [:], "{}"))
        let (client, job) = (try client(Gallery(), transport), try JobReference("example.gallery:42"))
        let policy = PollingPolicy(deadline: .seconds(30))
        await clock.run {
            let error = await #expect(throws: FetchError.self) {
                if isTyped {
                    _ = try await client.download(outputsOf: Gallery(), id: "42", into: folder.url, policy: policy)
                } else {
                    _ = try await client.download(outputsOf: job, into: folder.url, policy: policy)
                }
            }
            #expect(error?.code == .deadlineExceeded)
        }
        #expect(clock.elapsed <= .seconds(30))
    }

    @Test func `all copies and accounts of a client share the limits of its own downloads`() async throws {
        let folder = try TemporaryFolder()
        let running = Mutex((now: 0, maximum: 0))
        let transport = ScriptedStreams { [clock] request, _ in
            guard request.url.host() == "cdn.example.net" else {
                return Gallery.links((0..<4).map { "https://cdn.example.net/\($0)" })
            }
            running.withLock { $0 = ($0.now + 1, max($0.maximum, $0.now + 1)) }
            try await clock.sleep(for: .seconds(1))
            running.withLock { $0.now -= 1 }
            return .bytes(SampleFiles.png)
        }
        let client = try client(Gallery(), transport)
        let clients = [client, client, client.account("a", credentials: .fixed(["example": APIKey(Self.key)]))]
        try await clock.run {
            try await withThrowingTaskGroup { group in
                for (number, client) in clients.enumerated() {
                    let job = try JobReference("example.gallery:\(number)")
                    group.addTask { try await client.download(outputsOf: job, into: folder.url).files.count }
                }
                #expect(try await group.reduce(0, +) == 12)
            }
        }
        #expect(running.withLock { $0.maximum } == 4)
    }

    @Test func `if no output can be saved, the first error is thrown with the job`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, _ in
            request.url.host() == "api.example.com" ? Gallery.links("https://cdn.example.net/a.png") : .status(401)
        }
        guard case .failure(let error) = try await download(from: transport, in: folder) else {
            Issue.record("A file was saved.")
            return
        }
        #expect(error.code == .unauthorized)
        #expect(error.job?.description == "example.gallery:42")
    }
}
