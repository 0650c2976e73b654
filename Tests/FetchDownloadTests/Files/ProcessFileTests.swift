#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchDownload
    import Foundation
    import Glibc
    import SystemLibrary
    import TestSupport
    import Testing

    /// Tests that need a process of their own: limits, another user, and processes that are killed.
    @Suite("Files of limited and killed processes", .timeLimit(.minutes(2)))
    struct ProcessFileTests {
        @Test func `a write that the system refuses half-way removes the part, and says why`() async throws {
            await #expect(processExitsWith: .success) {
                let temporary = try TemporaryFolder()
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 5_000, rlim_max: 5_000)
                setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
                let part = try PartFile(for: PlainFileName(checking: "face.mp4"), in: temporary.folder())
                try part.write([UInt8](repeating: 1, count: 4_000))
                let error = failure { () throws(FetchError) in
                    try part.write([UInt8](repeating: 1, count: 4_000))
                }
                try require(error?.code == .fileNotWritten && error?.message.contains("face.mp4") == true)
                try require(temporary.names.isEmpty)
            }
        }

        @Test func `a full volume is an error that says so, and the part is removed`() async throws {
            await #expect(processExitsWith: .success) {
                let temporary = try TemporaryFolder()
                // Without the right to mount, there is no small volume.
                guard mount("tmpfs", temporary.url.path, "tmpfs", 0, "size=64k") == 0 else { return }
                defer { umount2(temporary.url.path, Int32(MNT_DETACH)) }
                let folder = try temporary.folder()
                let name = try PlainFileName(checking: "face.mp4")
                let part = try PartFile(for: name, in: folder)
                let full = failure { () throws(FetchError) in
                    while true { try part.write([UInt8](repeating: 1, count: 10_000)) }
                }
                try require(full?.code == .storageFull && temporary.names.isEmpty)
                let large = failure { () throws(FetchError) in try folder.requireSpace(for: 100_000) }
                try require(large?.code == .storageFull)

                // The record of a resumable part needs space as well, and the part survives without it.
                let resumed = try PartFile.resuming(name, in: folder).part
                try resumed.write([UInt8](repeating: 1, count: 65_536))
                let link = URL(filePath: "/x")
                let record = ResumeRecord(length: 1, total: nil, validator: .entityTag("\"a\""), link: link)
                let unrecorded = failure { () throws(FetchError) in try resumed.store(record) }
                try require(unrecorded?.code == .storageFull)
                _ = try resumed.commit(as: .fail)
                try require(temporary.bytes(of: "face.mp4")?.count == 65_536 && temporary.names == ["face.mp4"])
            }
        }

        @Test func `a folder without the permission to write is an error that says so`() async throws {
            await #expect(processExitsWith: .success) {
                let temporary = try TemporaryFolder()
                chmod(temporary.url.path, 0o555)
                // The permissions of a folder don't bind the administrator.
                let user = geteuid()
                if user == 0 { seteuid(65_534) }
                defer {
                    seteuid(user)
                    chmod(temporary.url.path, 0o755)
                }
                let folder = try temporary.folder()
                let name = try PlainFileName(checking: "face.mp4")
                let error = failure { () throws(FetchError) in _ = try PartFile(for: name, in: folder) }
                try require(error?.code == .fileNotWritten && error?.remedy?.contains("permissions") == true)
            }
        }

        @Test func `another volume is as good as that of temporary files`() throws {
            let volume = URL(filePath: "/dev/shm", directoryHint: .isDirectory)
            guard FileManager.default.isWritableFile(atPath: volume.path) else { return }
            let temporary = try TemporaryFolder(in: volume)
            let name = try PlainFileName(checking: "face.mp4")
            let part = try PartFile.resuming(name, in: temporary.folder()).part
            try part.write([1, 2])
            _ = try part.commit(as: .fail)
            #expect(temporary.names == ["face.mp4"])
        }

        @Test func `a process that is killed at any moment leaves no file, or the right one`() async throws {
            await #expect(processExitsWith: .success) {
                let temporary = try TemporaryFolder()
                var random = SplitMix64(seed: 9)
                var resumable = 0
                var longestLife: UInt32 = 25_000
                for round in 0..<200 {
                    // Now and then, the file on the server changes.
                    let process = try KilledDownload.fork { KilledDownload.run(in: temporary.url, version: round / 7) }
                    usleep(UInt32.random(in: 0..<longestLife, using: &random))
                    kill(process, SIGKILL)
                    waitpid(process, nil, 0)
                    let bytes = temporary.bytes(of: "face.mp4")
                    let isRight = bytes.map { $0 == KilledDownload.bytes(0) || $0 == KilledDownload.bytes(1) } ?? true
                    try require(isRight)
                    if temporary.names.contains(where: { $0.hasSuffix(".json") }) { resumable += 1 }
                    if bytes != nil { unlink(temporary.url.appending(path: "face.mp4").path) }
                    // On a machine that others use too, a process may get nowhere in that time.
                    if round % 25 == 24, resumable == 0 { longestLife *= 2 }
                }
                let process = try KilledDownload.fork { KilledDownload.run(in: temporary.url, version: 1) }
                var status: Int32 = 0
                waitpid(process, &status, 0)
                try require(status == 0 && temporary.bytes(of: "face.mp4") == KilledDownload.bytes(1))
                try StaleParts.remove(in: temporary.folder(), unchangedSince: .distantFuture)
                try require(temporary.names == ["face.mp4"] && resumable > 0)
            }
        }
    }

    /// An error of a test in another process, which ends with a failure then.
    private struct Mismatch: Error, CustomStringConvertible {
        let description: String
    }

    private func require(_ condition: Bool, line: UInt = #line) throws {
        if !condition { throw Mismatch(description: "A requirement in line \(line) isn't met.") }
    }

    /// Returns the error of a function, `nil` if it has none.
    private func failure(_ body: () throws(FetchError) -> Void) -> FetchError? {
        do throws(FetchError) {
            try body()
            return nil
        } catch {
            return error
        }
    }

    /// A download of one of two versions of a file, without a network, in a forked process.
    private enum KilledDownload {
        /// The content of the file in two versions.
        private static let versions = (0..<2).map { version in
            (0..<40_000).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8 &+ version) }
        }

        static func bytes(_ version: Int) -> [UInt8] { versions[version % 2] }

        /// Continues the part or begins it, and ends the process.
        static func run(in url: URL, version: Int) -> Never {
            let bytes = bytes(version)
            let validator = Validator.entityTag("\"\(version % 2)\"")
            do throws(FetchError) {
                let resumed = try PartFile.resuming(PlainFileName(checking: "face.mp4"), in: Folder(url))
                let link = URL(filePath: "/x")
                let total = Int64(bytes.count)
                let record = ResumeRecord(length: 1, total: total, validator: validator, link: link)
                if resumed.record?.validator != validator { try resumed.part.startOver() }
                while resumed.part.length < total {
                    try resumed.part.write(Array(bytes[Int(resumed.part.length)...].prefix(997)))
                    if resumed.part.length % 4 == 0 { try resumed.part.store(record) }
                }
                _ = try resumed.part.commit(as: .replace)
                _exit(0)
            } catch {
                _exit(1)
            }
        }

        /// Returns the id of a process that runs the body. It has only this thread, so the body must not wait for
        /// others.
        static func fork(_ body: () -> Never) throws -> Int32 {
            // Once for all processes.
            _ = versions
            // Swift marks fork as unavailable for this reason.
            let fork = try SystemLibrary(["libc.so.6"]).symbol("fork", as: (@convention(c) () -> Int32).self)
            let process = fork()
            if process == 0 {
                alarm(20)
                body()
            }
            return process
        }
    }
#endif
