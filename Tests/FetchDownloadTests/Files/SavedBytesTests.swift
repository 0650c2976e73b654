import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Files of bytes that are there") struct SavedBytesTests {
    private let temporary: TemporaryFolder
    private let folder: Folder
    private let name: PlainFileName

    init() throws {
        temporary = try TemporaryFolder()
        folder = try temporary.folder()
        name = try .test("face.png")
    }

    @Test func `bytes are saved in one call`() throws {
        for durable in [true, false] {
            let committed = try PartFile.save([1, 2], as: name, in: folder, ifPresent: .replace, durable: durable)
            #expect(committed.bytes == 2)
            #expect(temporary.bytes(of: "face.png") == [1, 2])
        }
        #expect(throws: FetchError.self) { try PartFile.save([3], as: name, in: folder, ifPresent: .fail) }
        #expect(try PartFile.save([1, 2], as: name, in: folder, ifPresent: .keepIfSame).wasThere)
        #expect(temporary.names == ["face.png"])
    }

    @Test func `a target that can't be committed is found before the transfer`() throws {
        let rules: [ExistingFile] = [.fail, .number, .replace, .keepIfSame]
        func refused() -> [ExistingFile] {
            rules.filter { rule in
                do throws(FetchError) {
                    try folder.requireRoom(for: name, ifPresent: rule)
                    return false
                } catch {
                    return error.code == .fileExists
                }
            }
        }
        #expect(refused() == [])
        try temporary.write([1], to: "face.png")
        #expect(refused() == [.fail])
        let path = temporary.url.appending(path: "face.png")
        try FileManager.default.removeItem(at: path)
        try FileManager.default.createDirectory(at: path, withIntermediateDirectories: false)
        #expect(refused() == [.fail, .replace, .keepIfSame])
    }

    @Test func `the bytes of a part are digested, and its structure is checked`() throws {
        let bytes = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 % 251) }
        let part = try PartFile(for: name, in: folder)
        try part.write(bytes)
        let expected = try #require(DigestCalculation(.sha256))
        bytes.withUnsafeBytes(expected.update)
        let digest = try part.withBytes { bytes throws(FetchError) -> [UInt8]? in
            guard let calculation = DigestCalculation(.sha256) else { return nil }
            try bytes.update([calculation])
            return calculation.finish()
        }
        #expect(digest == expected.finish())

        try part.startOver()
        try part.write(SampleFiles.png)
        let verdict = try part.withBytes { bytes throws(FetchError) in
            try StructureCheck.verdict(on: bytes, as: .png)
        }
        #expect(verdict == .whole)
    }
}
