import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("Keys in the responses to downloads") struct KeyInResponseTests {
    private static let key = "sk-canary/51d2a7f3c96e4b08"
    private let clock = VirtualClock()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Downloads a file of the provider's own server, which requires the key.
    private func download(
        with credentials: Credentials = .fixed(["example": APIKey(key)]),
        _ respond: @escaping @Sendable (FetchRequest) -> StreamedResponse
    ) async throws -> SavedFile? {
        let client = FetchClient(
            registry: try EndpointRegistry(Gallery(needsKey: true)),
            transport: ScriptedStreams { request, _ in
                guard request.url.path() == "/v1/jobs/42" else { return respond(request) }
                return Gallery.links("https://api.example.com/v1/files/poem.txt")
            },
            credentials: credentials,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        let (job, directory) = (try JobReference("example.gallery:42"), folder.url)
        return try await clock.run {
            try await client.download(outputsOf: job, into: directory, as: .fromServer).files.first
        }
    }

    @Test(arguments: [
        ("attachment; filename=verse.txt", "verse.txt"),
        ("attachment; filename=\"\(key).txt\"", "poem.txt"),
        ("attachment; filename=\"for \(key)\"", "poem.txt"),
        ("attachment; filename*=UTF-8''sk%2Dcanary%2F51d2a7f3c96e4b08.txt; filename=verse.txt", "poem.txt"),
        ("attachment; filename=verse.txt; note=\(key)", "poem.txt"),
    ])
    func `a key in Content-Disposition isn't part of a name`(disposition: String, name: String) async throws {
        let file = try await download { request in
            #expect(request.headers["Authorization"] == "Bearer \(Self.key)")
            return .status(200, ["Content-Type": "text/plain", "Content-Disposition": disposition], "a poem")
        }
        #expect(file?.url.lastPathComponent == name)
        #expect(folder.names == [name])
    }

    @Test(arguments: ["/\(key)", "/sk-canary%2F51d2a7f3c96e4b08.txt", "/x?key=sk-canary%2F51d2a7f3c96e4b08"])
    func `a redirect with the key in its target isn't followed to another server`(target: String) async throws {
        let error = await #expect(throws: FetchError.self) {
            try await download { request in
                #expect(request.url.host() == "api.example.com")
                return .status(302, ["Location": "https://cdn.example.net\(target)"])
            }
        }
        #expect(error?.code == .refusedURL)
        #expect(error.map { "\($0)".contains("51d2a7f3c96e4b08") } == false)
        #expect(folder.names.isEmpty)
    }

    @Test(arguments: ["/files/\(key)", "/files/sk-canary%2F51d2a7f3c96e4b08.txt", "/sk-canary/51d2a7f3c96e4b08"])
    func `a key in the target of a redirect isn't part of a name or of the result`(path: String) async throws {
        let file = try await download { request in
            request.url.path() == "/v1/files/poem.txt"
                ? .status(302, ["Location": path])
                : .status(200, ["Content-Type": "text/plain"], "a poem")
        }
        #expect(file?.url.lastPathComponent == "example.gallery-42-0.txt")
        #expect(file?.source?.absoluteString == "https://api.example.com/v1/files/poem.txt")
    }

    @Test func `a key that is newer than that of the polls isn't part of a name`() async throws {
        let number = Counter()
        let credentials = Credentials.dynamic { _ in APIKey("sk-canary-number-\(number.next())") }
        let file = try await download(with: credentials) { request in
            let key = request.headers["Authorization"]?.dropFirst("Bearer ".count) ?? ""
            #expect(key == "sk-canary-number-2")
            let disposition = "attachment; filename=\(key).txt"
            return .status(200, ["Content-Type": "text/plain", "Content-Disposition": disposition], "a poem")
        }
        #expect(file?.url.lastPathComponent == "poem.txt")
    }

    @Test func `a key in other fields is neither stored nor returned`() async throws {
        let file = try await download { _ in
            .status(200, ["Content-Type": "text/\(Self.key)", "ETag": "\"\(Self.key)\""], "a poem")
        }
        #expect(file?.mediaType?.contains("canary") != true)

        // Without a validator, nothing of a file that isn't whole stays.
        let error = await #expect(throws: FetchError.self) {
            try await download { _ in
                .bytes(Array("a longer poem".utf8), headers: ["ETag": "\"\(Self.key)\""], cutAt: 5)
            }
        }
        #expect(error?.code == .connectionFailed)
        #expect(folder.names == ["poem.txt"])
    }
}
