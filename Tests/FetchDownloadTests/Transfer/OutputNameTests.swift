import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("Names of several outputs") struct OutputNameTests {
    private let clock = VirtualClock()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Downloads the outputs of a job in virtual time. Their links are passed without scheme and host, and `respond`
    /// returns the response to the request of a path, which has a number that begins at 1.
    private func download(
        _ links: [String],
        as name: FileName,
        _ rule: ExistingFile = .keepIfSame,
        _ respond: @escaping @Sendable (String, Int) -> StreamedResponse = { path, _ in .named(path) }
    ) async throws -> SavedOutputs {
        let transport = ScriptedStreams { request, number in
            if request.url.host() == "api.example.com" {
                return Gallery.links(links.map { "https://cdn.example.net\($0)" })
            }
            return respond(request.url.path(), number)
        }
        let environment = FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        let client = FetchClient(
            registry: try EndpointRegistry(Gallery()),
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-0123456789")]),
            environment: environment
        )
        let downloads = Downloads(
            transport: transport,
            configuration: Downloads.Configuration(existingFile: rule),
            environment: environment
        )
        let (job, directory) = (try JobReference("example.gallery:42"), folder.url)
        return try await clock.run {
            try await client.download(outputsOf: job, into: directory, as: name, with: downloads)
        }
    }

    private func names(_ saved: SavedOutputs) -> [String] { saved.files.map { $0.url.lastPathComponent } }

    private func contents(_ saved: SavedOutputs) -> [String] {
        saved.files.map { file in
            folder.bytes(of: file.url.lastPathComponent).map { String(decoding: $0, as: UTF8.self) } ?? ""
        }
    }

    @Test(arguments: [ExistingFile.fail, .number, .replace, .keepIfSame])
    func `outputs whose links end alike have numbers in their order, whatever is done with existing files`(
        rule: ExistingFile
    ) async throws {
        let links = ["/1/face.txt", "/2/face.txt", "/3/FACE.TXT"]
        let saved = try await download(links, as: .fromServer, rule)
        #expect(names(saved) == ["face.txt", "face-2.txt", "FACE-3.TXT"])
        #expect(contents(saved) == links)
        #expect(saved.failures.isEmpty)
    }

    @Test(arguments: [ExistingFile.fail, .number, .replace, .keepIfSame])
    func `outputs to which the server gives one name are files of their own`(rule: ExistingFile) async throws {
        let links = ["/1", "/2", "/3"]
        let saved = try await download(links, as: .fromServer, rule) { path, _ in
            .named(path, "attachment; filename=poem.txt")
        }
        #expect(Set(names(saved)) == ["poem.txt", "poem-2.txt", "poem-3.txt"])
        #expect(contents(saved) == links)
        #expect(folder.names.count == 3)
    }

    @Test func `names of the headers don't count those of the links`() async throws {
        let links = ["/download?id=1", "/download?id=2"]
        let number = Counter()
        let saved = try await download(links, as: .fromServer) { path, _ in
            .named(path, "attachment; filename=poem-\(number.next()).txt")
        }
        #expect(Set(names(saved)) == ["poem-1.txt", "poem-2.txt"])
    }

    @Test func `the first output has the caller's name, and the others have it with a number`() async throws {
        // The later an output, the earlier its file is there.
        let saved = try await download(["/1", "/2", "/3"], as: .named("x.txt"), .fail) { path, number in
            path != "/3" && number < 6 ? .status(503) : .named(path)
        }
        #expect(names(saved) == ["x.txt", "x-2.txt", "x-3.txt"])
        #expect(contents(saved) == ["/1", "/2", "/3"])
    }

    @Test func `a file that existed before is not taken for another output`() async throws {
        try folder.write("before".utf8, to: "x-2.txt")
        let saved = try await download(["/1", "/2", "/3"], as: .named("x.txt"), .fail)
        #expect(names(saved) == ["x.txt", "x-3.txt"])
        #expect(saved.failures.map(\.index) == [1])
        #expect(saved.failures.first?.error.code == .fileExists)
        #expect(folder.bytes(of: "x-2.txt") == Array("before".utf8))
    }

    @Test(arguments: [FileName.named("x.txt"), .fromServer])
    func `with numbers for files that existed before, the names go on where those ended`(rule: FileName) async throws {
        let links = ["/1/x.txt", "/2/x.txt"]
        for _ in 0..<2 {
            let saved = try await download(links, as: rule, .number)
            #expect(contents(saved) == links)
        }
        #expect(folder.names == ["x-2.txt", "x-3.txt", "x-4.txt", "x.txt"])
    }

    @Test(arguments: [FileName.named("x.txt"), .fromServer])
    func `the same outputs have the same names when they are downloaded again`(rule: FileName) async throws {
        let links = ["/1/x.txt", "/2/x.txt"]
        let first = try await download(links, as: rule)
        let second = try await download(links, as: rule)
        #expect(names(first) == ["x.txt", "x-2.txt"])
        #expect(names(second) == names(first))
        #expect(folder.names.count == 2)
    }

    @Test func `an invalid name is an error of each output`() async throws {
        await #expect(throws: FetchError.self) { try await download(["/1", "/2"], as: .named("../x.txt")) }
        #expect(folder.names.isEmpty)
    }
}

extension StreamedResponse {
    /// Creates the response of a file that consists of the path of its link.
    fileprivate static func named(_ path: String, _ disposition: String? = nil) -> Self {
        var headers: HeaderFields = ["Content-Type": "text/plain"]
        headers["Content-Disposition"] = disposition
        return .bytes(Array(path.utf8), headers: headers)
    }
}
