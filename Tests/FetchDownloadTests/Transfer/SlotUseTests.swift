import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import Testing

/// Tests of how long a download has a slot, and for which host.
@Suite("Slots of requests") struct SlotUseTests {
    private let clock = VirtualClock()

    /// Saves the outputs of a job that has just ended, whose links these are.
    private func save(
        _ links: [String],
        _ configuration: Downloads.Configuration,
        _ respond: @escaping @Sendable (FetchRequest) async throws -> StreamedResponse
    ) async throws -> SavedOutputs {
        let folder = try TemporaryFolder()
        let environment = FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        let transport = ScriptedStreams { request, number in
            guard request.url.host() == "api.example.com" else { return try await respond(request) }
            return number == 1 ? .status(200, [:], #"{"status":"processing"}"#) : Gallery.links(links)
        }
        let client = FetchClient(
            registry: try EndpointRegistry(Gallery()),
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-test")]),
            environment: environment
        )
        let downloads = Downloads(transport: transport, configuration: configuration, environment: environment)
        let job = try JobReference("example.gallery:42")
        return try await clock.run {
            try await client.download(outputsOf: job, into: folder.url, with: downloads)
        }
    }

    @Test func `a download that waits for its file has no slot`() async throws {
        let requests = Mutex<[String]>([])
        let links = ["https://a.example.net/1.png", "https://a.example.net/2.png"]
        let saved = try await save(links, Downloads.Configuration(maximumDownloads: 1)) { request in
            let path = request.url.path()
            let count = requests.withLock { requests in
                requests.append(path)
                return requests.count { $0 == path }
            }
            return path == "/1.png" && count < 4 ? .status(404) : .bytes(SampleFiles.png)
        }
        #expect(saved.files.count == 2)
        #expect(requests.withLock { $0 } == ["/1.png", "/2.png", "/1.png", "/1.png", "/1.png"])
    }

    @Test func `requests that are redirected to one host have its slots`() async throws {
        let running = Mutex(0)
        let most = Mutex(0)
        let links = (1...8).map { "https://h\($0).example.net/\($0).png" }
        let saved = try await save(links, Downloads.Configuration(downloadsPerHost: 2)) { [clock] request in
            guard request.url.host() == "cdn.example.org" else {
                return .status(302, ["Location": "https://cdn.example.org\(request.url.path())"])
            }
            let count = running.withLock { running in
                running += 1
                return running
            }
            most.withLock { $0 = max($0, count) }
            try await clock.sleep(for: .seconds(1))
            running.withLock { $0 -= 1 }
            return .bytes(SampleFiles.png)
        }
        #expect(saved.files.count == 8)
        #expect(most.withLock { $0 } == 2)
    }
}
