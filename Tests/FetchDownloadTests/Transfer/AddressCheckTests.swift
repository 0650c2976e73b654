import Dispatch
import FetchCore
import FetchCurl
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Addresses of names, over transports that don't check them") struct AddressCheckTests {
    /// A resolver with a table, which records the names.
    private final class Names: Sendable {
        private let addresses: [String: [String]]
        private let log = Mutex<[String]>([])

        init(_ addresses: [String: [String]]) { self.addresses = addresses }

        var resolved: [String] { log.withLock { $0 } }

        func resolve(_ name: String) throws -> [String] {
            log.withLock { $0.append(name) }
            guard let addresses = addresses[name] else { throw FetchError(.connectionFailed, "unknown") }
            return addresses
        }
    }

    private let clock = VirtualClock()
    private let folder: TemporaryFolder
    private let link = URL(string: "https://cdn.example.com/a.png")!

    init() throws { folder = try TemporaryFolder() }

    /// Saves the file of a link in virtual time.
    private func save(
        _ link: URL,
        from transport: ScriptedStreams,
        _ configuration: Downloads.Configuration = Downloads.Configuration(),
        resolvedBy names: Names
    ) async throws -> Result<SavedFile, FetchError> {
        let downloads = Downloads(
            transport: transport,
            configuration: configuration,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 }),
            addressCheck: AddressCheck { try names.resolve($0) }
        )
        let directory = folder.url
        return try await clock.run {
            do {
                return .success(try await downloads.save(Artifact(link: link), as: .named("a.png"), in: directory))
            } catch let error as FetchError {
                return .failure(error)
            }
        }
    }

    private static func picture(enforcesAddressPolicy: Bool = false) -> ScriptedStreams {
        ScriptedStreams(enforcesAddressPolicy: enforcesAddressPolicy) { _, _ in .bytes(SampleFiles.png) }
    }

    @Test func `a name with public addresses is requested, and resolved before each request`() async throws {
        let names = Names(["cdn.example.com": ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"]])
        let transport = ScriptedStreams(enforcesAddressPolicy: false) { _, number in
            number == 1 ? .status(503) : .bytes(SampleFiles.png)
        }
        let file = try await save(link, from: transport, resolvedBy: names).get()
        #expect(file.bytes == Int64(SampleFiles.png.count))
        #expect(names.resolved == ["cdn.example.com", "cdn.example.com"])
    }

    @Test(arguments: [
        ["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["192.168.0.1"], ["100.64.0.1"], ["::1"], ["fd00::1"],
        ["fe80::1%eth0"], ["fe80::1%2"], ["::ffff:10.0.0.1"], ["64:ff9b::a00:1"], ["93.184.215.14", "10.0.0.1"],
        ["10.0.0.1", "93.184.215.14"], ["nonsense"],
    ])
    func `a name with an address that isn't public isn't requested`(addresses: [String]) async throws {
        let (transport, names) = (Self.picture(), Names(["cdn.example.com": addresses]))
        let result = try await save(link, from: transport, resolvedBy: names)
        let error = #expect(throws: FetchError.self) { try result.get() }
        #expect(error?.code == .refusedURL)
        #expect(error?.message.contains("https://cdn.example.com") == true)
        #expect(transport.requests.isEmpty)
        #expect(folder.names.isEmpty)
    }

    @Test func `the target of a redirect is resolved, too`() async throws {
        let names = Names([
            "cdn.example.com": ["93.184.215.14"], "b.example.com": ["93.184.215.15"], "c.example.com": ["10.0.0.1"],
        ])
        let transport = ScriptedStreams(enforcesAddressPolicy: false) { request, _ in
            let next = request.url.host() == "cdn.example.com" ? "b" : "c"
            return .status(302, ["Location": "https://\(next).example.com/a.png"])
        }
        let result = try await save(link, from: transport, resolvedBy: names)
        let error = #expect(throws: FetchError.self) { try result.get() }
        #expect(error?.code == .refusedURL)
        #expect(transport.requests.map { $0.url.host() } == ["cdn.example.com", "b.example.com"])
    }

    @Test func `a name that can't be resolved is resolved again after a pause`() async throws {
        let names = Names([:])
        let result = try await save(link, from: Self.picture(), resolvedBy: names)
        let error = #expect(throws: FetchError.self) { try result.get() }
        #expect(error?.code == .connectionFailed)
        #expect(error?.isRetryable == true)
        #expect(names.resolved.count == DownloadPlan.maximumFailures)
        #expect(clock.elapsed > .seconds(60))
    }

    @Test(arguments: ["https://93.184.215.14/a.png", "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/a.png"])
    func `an address isn't resolved`(link: String) async throws {
        let names = Names([:])
        _ = try await save(#require(URL(string: link)), from: Self.picture(), resolvedBy: names).get()
        #expect(names.resolved.isEmpty)
    }

    @Test
    func `a name is resolved neither for a transport that does so, nor for a host that is allowed`() async throws {
        let names = Names([:])
        _ = try await save(link, from: Self.picture(enforcesAddressPolicy: true), resolvedBy: names).get()
        let policies = [AddressPolicy.any, .publicOnly(allowing: ["cdn.example.com"])]
        for policy in policies {
            let configuration = Downloads.Configuration(addresses: policy)
            _ = try await save(link, from: Self.picture(), configuration, resolvedBy: names).get()
        }
        #expect(names.resolved.isEmpty)
    }

    @Test(arguments: [("10.0.0.1", FetchError.Code.refusedURL), ("93.184.215.14", .connectionFailed)])
    func `over curl, a name is resolved before a proxy receives it`(address: String, code: FetchError.Code) async throws
    {
        let names = Names(["cdn.example.com": [address]])
        let proxy = "http://127.0.0.1:9"
        let transport = try CurlTransport(environment: { $0 == "https_proxy" ? proxy : nil }) { _ in [] }
        let downloads = Downloads(
            transport: transport,
            // Without jitter, the pauses are so short that the clock skips them.
            environment: FetchClient.Environment(clock: ImpatientClock(), random: { 0 }),
            addressCheck: AddressCheck { try names.resolve($0) }
        )
        let error = await #expect(throws: FetchError.self) {
            try await downloads.save(Artifact(link: link), in: folder.url)
        }
        // The proxy isn't there, which is found out by connecting to it.
        #expect(error?.code == code)
        #expect(Set(names.resolved) == ["cdn.example.com"])
    }

    @Test func `the system's resolver is the default`() async throws {
        let url = try #require(URL(string: "https://localhost/a.png"))
        let error = await #expect(throws: FetchError.self) {
            try await AddressCheck.system.check(url, by: .publicOnly, within: .seconds(60), ContinuousClock())
        }
        #expect(error?.code == .refusedURL)
        #expect(error?.message.contains("loopback") == true)
    }

    @Test(.timeLimit(.minutes(1)))
    func `cancelling ends a download at once whose name isn't resolved`() async throws {
        let (entered, enter) = AsyncStream.makeStream(of: Void.self)
        let gate = DispatchSemaphore(value: 0)
        defer { gate.signal() }
        let downloads = Downloads(
            transport: Self.picture(),
            addressCheck: AddressCheck { _ in
                enter.finish()
                gate.wait()
                return ["93.184.215.14"]
            }
        )
        let (link, directory) = (link, folder.url)
        let saving = Task { try await downloads.save(Artifact(link: link), in: directory) }
        for await _ in entered {}
        saving.cancel()
        await #expect(throws: CancellationError.self) { try await saving.value }
    }
}
