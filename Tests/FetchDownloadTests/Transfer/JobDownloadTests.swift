import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("Downloads of the outputs of jobs") struct JobDownloadTests {
    /// An endpoint whose jobs have the links in their response.
    private struct Gallery: FetchEndpoint, Hashable {
        let name: EndpointName = "example.gallery"
        let provider: ProviderID = "example"
        let baseURL = URL(string: "https://api.example.com/v1")!
        let method = RequestMethod.get
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.bearer
        var needsKey = false

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
            let body: JSONValue = try response.json()
            guard let links = body["links"]?.array else { return .pending }
            return .succeeded(
                links.compactMap { $0.string.flatMap { URL(string: $0) } }.map {
                    Artifact(link: $0, needsKey: needsKey)
                }
            )
        }
    }

    private static let key = "sk-canary-51d2a7f3c96e4b08"
    private let clock = VirtualClock()

    private func download(
        _ endpoint: Gallery = Gallery(),
        from transport: ScriptedStreams,
        in folder: TemporaryFolder
    ) async throws -> Result<SavedOutputs, FetchError> {
        let client = FetchClient(
            registry: try EndpointRegistry(endpoint),
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        let job = try JobReference("example.gallery:42")
        return try await clock.run {
            do {
                return .success(try await client.download(outputsOf: job, into: folder.url))
            } catch let error as FetchError {
                return .failure(error)
            }
        }
    }

    private static func links(_ links: String...) -> StreamedResponse {
        .status(200, [:], #"{"links":[\#(links.map { #""\#($0)""# }.joined(separator: ","))]}"#)
    }

    @Test
    func `the outputs of a job are saved under names of endpoint, id and index, and no key is sent to their host`()
        async throws
    {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, number in
            if number == 1 { return .status(200, [:], #"{"status":"processing"}"#) }
            if request.url.host() == "api.example.com" {
                return Self.links("https://cdn.example.net/a.png", "https://cdn.example.net/b.gif")
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
            case "/v1/jobs/42" where number == 1: Self.links("https://cdn.example.net/1a", "https://cdn.example.net/1b")
            case "/v1/jobs/42": Self.links("https://cdn.example.net/2a", "https://cdn.example.net/2b")
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
            if request.url.host() == "api.example.com" { return Self.links("https://cdn.example.net/a.png") }
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
                return Self.links("https://cdn.example.net/a.png", "https://cdn.example.net/gone.png")
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
            case ("api.example.com", "/v1/jobs/42"): Self.links("https://api.example.com/v1/files/1")
            case ("api.example.com", _): .status(302, ["Location": "https://storage.example.net/1?signature=x"])
            default: .bytes(SampleFiles.png)
            }
        }
        let saved = try await download(Gallery(needsKey: true), from: transport, in: folder).get()
        #expect(saved.files.count == 1)
        let keys = transport.requests.map { $0.headers["Authorization"] }
        #expect(keys == ["Bearer \(Self.key)", "Bearer \(Self.key)", nil])
    }

    @Test func `if no output can be saved, the first error is thrown with the job`() async throws {
        let folder = try TemporaryFolder()
        let transport = ScriptedStreams { request, _ in
            request.url.host() == "api.example.com" ? Self.links("https://cdn.example.net/a.png") : .status(401)
        }
        guard case .failure(let error) = try await download(from: transport, in: folder) else {
            Issue.record("A file was saved.")
            return
        }
        #expect(error.code == .unauthorized)
        #expect(error.job?.description == "example.gallery:42")
    }
}
