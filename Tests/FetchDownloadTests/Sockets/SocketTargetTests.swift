import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Targets that exist already, or can't be written, for downloads over sockets.
@Suite("Targets of downloads over sockets", .timeLimit(.minutes(1))) struct SocketTargetTests {
    private let bytes = SampleFiles.png

    private func save(
        into directory: URL,
        ifPresent rule: ExistingFile = .keepIfSame,
        from server: ResponsePeer
    ) async throws -> Result<SavedFile, FetchError> {
        let downloads = Downloads(
            transport: try CurlTransport(),
            configuration: Downloads.Configuration(
                addresses: .any,
                plainHTTPHosts: ["127.0.0.1"],
                existingFile: rule,
                isDurable: false
            ),
            environment: FetchClient.Environment(clock: ImpatientClock(), random: { 0 })
        )
        do {
            let artifact = Artifact(link: server.url())
            return .success(try await downloads.save(artifact, as: .named("a.png"), in: directory))
        } catch let error as FetchError {
            return .failure(error)
        }
    }

    private func code(_ result: Result<SavedFile, FetchError>) -> FetchError.Code? {
        if case .failure(let error) = result { error.code } else { nil }
    }

    @Test(arguments: [ExistingFile.keepIfSame, .fail, .replace])
    func `a folder or a link in place of the target stays`(rule: ExistingFile) async throws {
        let server = try ResponsePeer { [bytes] _, _ in .file(bytes) }
        let manager = FileManager.default
        let folder = try TemporaryFolder()
        try manager.createDirectory(at: folder.url.appending(path: "a.png"), withIntermediateDirectories: false)
        #expect(code(try await save(into: folder.url, ifPresent: rule, from: server)) == .fileExists)
        #expect(folder.names == ["a.png"])

        for destination in ["missing", "present"] {
            let folder = try TemporaryFolder()
            let other = try TemporaryFolder()
            try other.write([5], to: "present")
            let target = other.url.appending(path: destination)
            try manager.createSymbolicLink(at: folder.url.appending(path: "a.png"), withDestinationURL: target)
            #expect(code(try await save(into: folder.url, ifPresent: rule, from: server)) == .fileExists)
            #expect(
                try manager.destinationOfSymbolicLink(atPath: folder.url.appending(path: "a.png").path) == target.path
            )
            #expect(folder.names == ["a.png"] && other.names == ["present"] && other.bytes(of: "present") == [5])
        }
    }

    @Test func `a file that exists is kept, numbered around or replaced by the rule`() async throws {
        let server = try ResponsePeer { [bytes] _, _ in .file(bytes) }
        for (rule, isSame, names, expected) in [
            (ExistingFile.keepIfSame, true, ["a.png"], bytes), (.keepIfSame, false, ["a.png"], nil),
            (.fail, true, ["a.png"], nil), (.fail, false, ["a.png"], nil),
            (.number, true, ["a-2.png", "a.png"], bytes), (.number, false, ["a-2.png", "a.png"], bytes),
            (.replace, true, ["a.png"], bytes), (.replace, false, ["a.png"], bytes),
        ] as [(ExistingFile, Bool, [String], [UInt8]?)] {
            let folder = try TemporaryFolder()
            let present = isSame ? bytes : [5]
            try folder.write(present, to: "a.png")
            let result = try await save(into: folder.url, ifPresent: rule, from: server)
            #expect(folder.names == names, "\(rule)")
            switch result {
            case .success(let file): #expect(try Array(Data(contentsOf: file.url)) == expected, "\(rule)")
            case .failure(let error): #expect(error.code == .fileExists && expected == nil, "\(rule)")
            }
            if expected == nil || rule == .number { #expect(folder.bytes(of: "a.png") == present, "\(rule)") }
        }
    }

    @Test func `a folder that isn't one is an error before any request`() async throws {
        let server = try ResponsePeer { [bytes] _, _ in .file(bytes) }
        let folder = try TemporaryFolder()
        try folder.write([5], to: "file")
        for name in ["missing", "file"] {
            #expect(code(try await save(into: folder.url.appending(path: name), from: server)) == .fileNotWritten)
        }
        #expect(folder.names == ["file"] && server.requests.isEmpty)
    }

    @Test func `on another device, a file is received and continued as on the one of temporary files`() async throws {
        let volume = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
        guard FileManager.default.isWritableFile(atPath: volume.path) else { return }
        let picture = ServedFiles.picture
        let server = try ResponsePeer { request, number in
            guard number > 1, let start = request.start else { return .file(picture, "ETag: \"v1\"", cutAt: 100_000) }
            return .rest(picture, from: start, "ETag: \"v1\"")
        }
        let other = try TemporaryFolder(in: volume)
        // The folder has a link to the one on the other device, which isn't the target but leads to it.
        let folder = try TemporaryFolder()
        let link = folder.url.appending(path: "files")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: other.url)
        _ = try await save(into: link, from: server).get()
        #expect(other.names == ["a.png"] && other.bytes(of: "a.png") == picture)
        #expect(server.requests.count == 2)
    }

    #if os(Linux) && canImport(Glibc)
        @Test func `a folder without the permission to write is an error, and nothing of the file stays`() async {
            await #expect(processExitsWith: .success) {
                let server = try ResponsePeer { _, _ in .file(SampleFiles.png) }
                let folder = try TemporaryFolder()
                chmod(folder.url.path, 0o555)
                // The permissions of a folder don't bind the administrator.
                let user = geteuid()
                if user == 0 { seteuid(65_534) }
                let tests = SocketTargetTests()
                let code = tests.code(try await tests.save(into: folder.url, from: server))
                seteuid(user)
                chmod(folder.url.path, 0o755)
                guard code == .fileNotWritten, folder.names.isEmpty else { exit(1) }
            }
        }

        @Test func `a full volume is an error, before the file is received if its length is known`() async {
            await #expect(processExitsWith: .success) {
                let folder = try TemporaryFolder()
                // Without the right to mount, there is no small volume.
                guard mount("tmpfs", folder.url.path, "tmpfs", 0, "size=64k") == 0 else { return }
                defer { umount2(folder.url.path, Int32(MNT_DETACH)) }
                for framing in WireResponse.Framing.allCases {
                    for tag in [["ETag: \"v1\""], []] {
                        let server = try ResponsePeer { _, _ in
                            WireResponse(fields: tag, body: ServedFiles.picture, framing: framing)
                        }
                        let tests = SocketTargetTests()
                        let code = tests.code(try await tests.save(into: folder.url, from: server))
                        guard code == .storageFull, folder.names.isEmpty, server.requests.count == 1 else { exit(1) }
                    }
                }
            }
        }
    #endif
}
