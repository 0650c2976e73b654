import FetchCore
import FetchDownload
import Foundation
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Open folders") struct OpenFoldersTests {
    @Test func `a folder is opened once, and again if its path leads to another one`() throws {
        let temporary = try TemporaryFolder()
        let (manager, folders) = (FileManager.default, OpenFolders())
        let url = temporary.url.appending(path: "a", directoryHint: .isDirectory)
        #expect(throws: FetchError.self) { try folders.folder(at: url) }
        try manager.createDirectory(at: url, withIntermediateDirectories: false)
        let first = try folders.folder(at: url)
        #expect(try folders.folder(at: url) === first)
        try manager.moveItem(at: url, to: temporary.url.appending(path: "b"))
        #expect(throws: FetchError.self) { try folders.folder(at: url) }
        try manager.createDirectory(at: url, withIntermediateDirectories: false)
        let second = try folders.folder(at: url)
        #expect(second !== first)
        #expect(try folders.folder(at: url) === second)
    }

    #if os(Linux) && canImport(Glibc)
        @Test func `a download that waits for its place has no descriptor open`() async {
            await #expect(processExitsWith: .success) {
                let folder = try TemporaryFolder()
                var limit = rlimit(rlim_cur: 100, rlim_max: 100)
                setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
                let downloads = Downloads(
                    transport: ScriptedStreams(.bytes(SampleFiles.png)),
                    configuration: Downloads.Configuration(isDurable: false)
                )
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<500 {
                        let link = URL(string: "https://cdn.example.com/\(number).png")!
                        group.addTask {
                            _ = try await downloads.save(
                                Artifact(link: link),
                                as: .named("\(number).png"),
                                in: folder.url
                            )
                        }
                    }
                    try await group.waitForAll()
                }
                guard folder.names.count == 500 else { exit(1) }
            }
        }
    #endif
}
