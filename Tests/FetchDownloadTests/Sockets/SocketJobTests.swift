import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import Synchronization
import Testing
import TransportPeers

/// Downloads of a job's outputs over sockets, from the server that is polled.
@Suite("Downloads of jobs over sockets", .timeLimit(.minutes(1))) struct SocketJobTests {
    /// An endpoint whose jobs have the links in their response.
    private struct Gallery: FetchEndpoint, Hashable {
        let name: EndpointName = "example.gallery"
        let provider: ProviderID = "example"
        let baseURL: URL
        let method = RequestMethod.get
        let path: PathTemplate = "jobs/{id}"
        let authorization = Authorization.bearer

        func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<[Artifact]> {
            let body: JSONValue = try response.json()
            guard let links = body["links"]?.array else { return .pending }
            return .succeeded(links.compactMap { $0.string.flatMap { URL(string: $0) } }.map { Artifact(link: $0) })
        }
    }

    private static let key = "sk-canary-51d2a7f3c96e4b08"
    private let bytes = SampleFiles.png

    /// Downloads the outputs of a job, whose second poll finds it done, and third has other links. A function returns
    /// the responses to the requests for files, which have a number of their own.
    private func download(
        _ files: @escaping @Sendable (ReceivedRequest, Int) -> WireResponse,
        in folder: TemporaryFolder
    ) async throws -> (Result<SavedOutputs, FetchError>, [ReceivedRequest]) {
        let polls = RequestCount()
        let server = try ResponsePeer { request, number in
            guard request.path == "/jobs/42" else { return files(request, number - polls.value) }
            polls.value += 1
            let host = request["host"] ?? ""
            let links = polls.value == 1 ? "" : ##""links":["http://\##(host)/\##(polls.value).png"]"##
            return .status("200 OK", "Content-Type: application/json", body: "{\(links)}")
        }
        let transport = try CurlTransport()
        let environment = FetchClient.Environment(clock: ImpatientClock(), random: { 0 })
        let client = FetchClient(
            registry: try EndpointRegistry(Gallery(baseURL: server.url("/"))),
            transport: transport,
            credentials: .fixed(["example": APIKey(Self.key)]),
            environment: environment
        )
        let downloads = Downloads(
            transport: transport,
            configuration: Downloads.Configuration(addresses: .any, plainHTTPHosts: ["127.0.0.1"], isDurable: false),
            environment: environment
        )
        do {
            let job = try JobReference("example.gallery:42")
            let saved = try await client.download(
                outputsOf: job,
                into: folder.url,
                as: .named("a.png"),
                with: downloads
            )
            return (.success(saved), server.requests)
        } catch let error as FetchError {
            return (.failure(error), server.requests)
        }
    }

    /// A number that the threads of a server count, one after the other.
    private final class RequestCount: Sendable {
        private let count = Mutex(0)

        var value: Int {
            get { count.withLock { $0 } }
            set { count.withLock { $0 = newValue } }
        }
    }

    @Test(arguments: 1...6) func `a file that isn't there yet is waited for`(absences: Int) async throws {
        for status in ["404 Not Found", "403 Forbidden", "410 Gone", "200 OK"] {
            let folder = try TemporaryFolder()
            let (result, requests) = try await download(
                { [bytes] _, number in number <= absences ? .status(status, body: "<html></html>") : .file(bytes) },
                in: folder
            )
            #expect(try result.get().files.count == 1, "\(status)")
            #expect(folder.names == ["a.png"] && folder.bytes(of: "a.png") == bytes)
            #expect(requests.count == 2 + absences + 1)
            #expect(requests.filter { $0.path != "/jobs/42" }.allSatisfy { $0["authorization"] == nil })
        }
    }

    private static let expiries = [
        ("403 Forbidden", "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"),
        ("400 Bad Request", "<Error><Code>ExpiredToken</Code><Message>The token has expired.</Message></Error>"),
        ("403 Forbidden", "<Error><Code>RequestExpired</Code></Error>"),
        (
            "403 Server failed",
            "<?xml version='1.0'?><Error><Code>AuthenticationFailed</Code>"
                + "<AuthenticationErrorDetail>Signed expiry time has to be after</AuthenticationErrorDetail></Error>"
        ),
        ("200 OK", "<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>"),
    ]

    @Test(arguments: expiries)
    func `a job is polled again for a link that lives`(status: String, document: String) async throws {
        let folder = try TemporaryFolder()
        let (result, requests) = try await download(
            { [bytes] request, _ in
                request.path == "/2.png"
                    ? .status(status, "Content-Type: application/xml", body: document) : .file(bytes)
            },
            in: folder
        )
        let file = try #require(try result.get().files.first)
        #expect(file.source?.path() == "/3.png")
        #expect(folder.names == ["a.png"] && folder.bytes(of: "a.png") == bytes)
        #expect(requests.map(\.path) == ["/jobs/42", "/jobs/42", "/2.png", "/jobs/42", "/3.png"])
    }

    @Test func `a transfer that is cut goes on with the new link, if the file is the same`() async throws {
        let folder = try TemporaryFolder()
        let picture = ServedFiles.picture
        let expired = Self.expiries[0]
        let (result, requests) = try await download(
            { request, number in
                switch number {
                case 1: .file(picture, "ETag: \"v1\"", cutAt: 150_000)
                case 2: .status(expired.0, body: expired.1)
                default: request.start.map { .rest(picture, from: $0, "ETag: \"v1\"") } ?? .file(picture)
                }
            },
            in: folder
        )
        #expect(try result.get().files.first?.bytes == Int64(picture.count))
        #expect(folder.names == ["a.png"] && folder.bytes(of: "a.png") == picture)
        #expect(requests.last?.path == "/3.png")
        #expect(requests.last?["range"] == "bytes=\(150_000 - 65_536)-" && requests.last?["if-range"] == "\"v1\"")
    }

    @Test func `an output whose links are all dead isn't a file`() async throws {
        let folder = try TemporaryFolder()
        let expired = Self.expiries[0]
        let (result, requests) = try await download({ _, _ in .status(expired.0, body: expired.1) }, in: folder)
        #expect(throws: FetchError.self) { try result.get() }
        #expect(folder.names.isEmpty)
        #expect(requests.map(\.path) == ["/jobs/42", "/jobs/42", "/2.png", "/jobs/42", "/3.png"])
    }
}
