import FetchDownload
import Foundation
import Testing

@Suite("Renaming without replacing") struct ExclusiveRenameTests {
    @Test(arguments: ExclusiveRename.allCases)
    func `each way renames a file, and replaces none`(way: ExclusiveRename) throws {
        let temporary = try TemporaryFolder()
        let folder = try temporary.folder()
        try temporary.write([1], to: "a")
        #expect(way.rename("a", to: "b", in: folder) == 0)
        #expect(temporary.names == ["b"])
        try temporary.write([2], to: "a")
        #expect(way.rename("a", to: "b", in: folder) == EEXIST)
        try FileManager.default.createDirectory(
            at: temporary.url.appending(path: "c"),
            withIntermediateDirectories: false
        )
        #expect(way.rename("a", to: "c", in: folder) == EEXIST)
        try FileManager.default.createSymbolicLink(
            at: temporary.url.appending(path: "d"),
            withDestinationURL: temporary.url.appending(path: "missing")
        )
        #expect(way.rename("a", to: "d", in: folder) == EEXIST)
        #expect(way.rename("missing", to: "e", in: folder) == ENOENT)
        #expect(temporary.names == ["a", "b", "c", "d"])
        #expect(temporary.bytes(of: "b") == [1])
    }
}
