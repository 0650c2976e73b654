import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Downloads of the outcomes of jobs") struct KnownOutputTests {
    private let clock = VirtualClock()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func client(_ transport: ScriptedStreams) throws -> FetchClient {
        FetchClient(
            registry: try EndpointRegistry(Gallery()),
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-0123456789")]),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    private var job: JobReference { get throws { try JobReference("example.gallery:42") } }

    private func artifacts(_ paths: String...) throws -> [Artifact] {
        try paths.map { Artifact(link: try #require(URL(string: "https://cdn.example.net\($0)"))) }
    }

    @Test func `an output is saved without polling its job`() async throws {
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let (client, output) = (try client(transport), try artifacts("/a.png", "/b.png"))
        let (outcome, directory) = (JobOutcome(try job, .succeeded(output), date: clock.date), folder.url)
        let saved = try await clock.run { try await client.download(outcome, into: directory) }
        #expect(saved.files.map { $0.url.lastPathComponent } == folder.names)
        #expect(folder.names == ["example.gallery-42-0.png", "example.gallery-42-1.png"])
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: [(0.0, 6), (290, 5), (301, 1)])
    func `a file is waited for until five minutes after the date of the outcome`(age: Double, requests: Int)
        async throws
    {
        let transport = ScriptedStreams { request, number in
            if request.url.host() == "api.example.com" { return Gallery.links("https://cdn.example.net/a.png") }
            return number < 6 ? .status(404) : .bytes(SampleFiles.png)
        }
        let (client, output) = (try client(transport), try artifacts("/a.png"))
        let outcome = JobOutcome(try job, .succeeded(output), requests: 1, date: clock.date - age)
        let directory = folder.url
        let saved = try? await clock.run { try await client.download(outcome, into: directory) }
        #expect((saved != nil) == (age == 0))
        #expect(transport.requests.count { $0.url.host() == "cdn.example.net" } == requests)
    }

    @Test func `the job is polled again with the key of the outcome's account`() async throws {
        let expired = "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"
        let transport = ScriptedStreams { request, _ in
            switch request.url.path() {
            case "/v1/jobs/42": Gallery.links("https://cdn.example.net/new.png")
            case "/new.png": .bytes(SampleFiles.png)
            default: .status(403, [:], expired)
            }
        }
        let (client, output) = (try client(transport), try artifacts("/old.png"))
        let tenant = client.account("tenant-7", credentials: .fixed(["example": APIKey("sk-of-the-tenant")]))
        let outcome = JobOutcome(try job, account: tenant.accountID, .succeeded(output), date: clock.date)
        let directory = folder.url
        let saved = try await clock.run { try await client.download(outcome, into: directory) }
        #expect(saved.files.map { $0.source?.path() } == ["/new.png"])
        let polls = transport.requests.filter { $0.url.host() == "api.example.com" }
        #expect(polls.map { $0.headers["Authorization"] } == ["Bearer sk-of-the-tenant"])
        withExtendedLifetime(tenant) {}
    }

    @Test func `the error of an outcome without an output is thrown`() async throws {
        let transport = ScriptedStreams(.bytes(SampleFiles.png))
        let client = try client(transport)
        let failure = FetchError.jobFailed(JobFailure(message: "no"))
        for result in [JobResult.failed(failure), .unknown(FetchError(.serverError, "down"))] {
            let outcome = JobOutcome(try job, result)
            let error = await #expect(throws: FetchError.self) { try await client.download(outcome, into: folder.url) }
            #expect(error == result.error)
        }
        #expect(transport.requests.isEmpty)
    }

    @Test func `the progress of all outputs is reported as a sum, in order and up to the end`() async throws {
        // A chunk of 64 KiB each fifth of a second.
        let (size, count) = (1 << 16, 16)
        let transport = ScriptedStreams { [clock] request, _ in
            // The second output begins later than the first, so that their chunks alternate.
            if request.url.path() == "/b" { try await clock.sleep(for: .milliseconds(1_100)) }
            let sent = Counter()
            let chunks = AsyncThrowingStream {
                try await clock.sleep(for: .milliseconds(200))
                return sent.next() <= count ? Data(repeating: 1, count: size) : nil
            }
            let headers: HeaderFields = ["Content-Length": "\(count * size)"]
            return StreamedResponse(status: 200, headers: headers, body: StreamedResponse.Body(chunks))
        }
        let (client, output) = (try client(transport), try artifacts("/a", "/b"))
        let (outcome, directory) = (JobOutcome(try job, .succeeded(output), date: clock.date), folder.url)
        let log = ProgressLog()
        try await clock.run {
            _ = try await client.download(outcome, into: directory, reporting: { log.append($0) })
        }
        let bytes = log.reports.map(\.bytes)
        #expect(bytes == bytes.sorted())
        // The first chunk of an output shows its format, and is counted with the second one.
        #expect(zip(bytes, bytes.dropFirst()).allSatisfy { $1 - $0 <= 2 * size })
        #expect(bytes.first == Int64(2 * size))
        #expect(log.reports.first?.totalBytes == nil)
        let total = Int64(2 * count * size)
        #expect(log.reports.last == DownloadProgress(bytes: total, totalBytes: total))
        #expect(bytes.count { $0 == total } == 1)
    }

    @Test func `outputs that are there at once are reported once, or twice with the last state`() async throws {
        let transport = ScriptedStreams { request, _ in
            request.url.path() == "/missing" ? .status(401) : .bytes([UInt8](repeating: 1, count: 1 << 20))
        }
        let (client, output) = (try client(transport), try artifacts("/a", "/b", "/missing", "/c"))
        let (outcome, directory) = (JobOutcome(try job, .succeeded(output), date: clock.date), folder.url)
        let log = ProgressLog()
        let saved = try await clock.run {
            try await client.download(outcome, into: directory, reporting: { log.append($0) })
        }
        #expect(saved.files.count == 3)
        #expect((1...2).contains(log.reports.count))
        #expect(log.reports.last == DownloadProgress(bytes: 3 << 20))
    }
}

/// The reports of a progress.
private final class ProgressLog: Sendable {
    private let log = Mutex<[DownloadProgress]>([])

    var reports: [DownloadProgress] { log.withLock { $0 } }

    func append(_ progress: DownloadProgress) { log.withLock { $0.append(progress) } }
}
