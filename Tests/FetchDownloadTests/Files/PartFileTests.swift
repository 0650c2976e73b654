import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Parts of files") struct PartFileTests {
    private let temporary: TemporaryFolder
    private let folder: Folder
    private let name: PlainFileName

    init() throws {
        temporary = try TemporaryFolder()
        folder = try temporary.folder()
        name = try .test("face.mp4")
    }

    private func part(_ bytes: [UInt8] = [1, 2, 3], maximumBytes: Int64 = .max) throws -> PartFile {
        let part = try PartFile(for: name, in: folder, maximumBytes: maximumBytes)
        try part.write(bytes)
        return part
    }

    private func code(_ body: () throws -> Void) -> FetchError.Code? {
        do {
            try body()
            return nil
        } catch {
            return (error as? FetchError)?.code
        }
    }

    @Test func `the target exists only when it is whole`() throws {
        let part = try part()
        #expect(temporary.names.count == 1)
        #expect(temporary.names.first?.wholeMatch(of: /\.face\.mp4\.[0-9a-f]{16}\.part/) != nil)
        try part.write([4, 5])
        #expect(part.length == 5)
        let committed = try part.commit(as: .fail)
        #expect(committed.name == name)
        #expect(committed.bytes == 5)
        #expect(!committed.wasThere)
        #expect(temporary.names == ["face.mp4"])
        #expect(temporary.bytes(of: "face.mp4") == [1, 2, 3, 4, 5])
    }

    @Test func `an empty file is committed`() throws {
        _ = try part([]).commit(as: .fail, durable: false)
        #expect(temporary.bytes(of: "face.mp4") == [])
    }

    @Test func `only the owner reads a part, and a file has the permissions of a new one`() throws {
        let part = try part()
        #expect(try temporary.permissions(of: #require(temporary.names.first)) == 0o600)
        _ = try part.commit(as: .fail)
        #expect(FileManager.default.createFile(atPath: temporary.url.appending(path: "new").path, contents: nil))
        #expect(try temporary.permissions(of: "face.mp4") == temporary.permissions(of: "new"))
    }

    @Test func `a discarded or released part leaves nothing`() throws {
        try part().discard()
        #expect(temporary.names == [])
        _ = try part()
        #expect(temporary.names == [])
    }

    @Test func `a part that has ended takes no bytes and isn't committed again`() throws {
        let part = try part()
        _ = try part.commit(as: .fail)
        #expect(code { try part.write([1]) } == .fileNotWritten)
        #expect(code { _ = try part.commit(as: .replace) } == .fileNotWritten)
        #expect(temporary.bytes(of: "face.mp4") == [1, 2, 3])
    }

    @Test func `no byte beyond the limit is written`() throws {
        let part = try part([1, 2, 3], maximumBytes: 5)
        let size = { try self.folder.status(of: #require(self.temporary.names.first))?.size }
        try part.write([4, 5])
        #expect(try size() == 5)
        #expect(code { try part.write([6]) } == .responseTooLarge)
        #expect(temporary.names == [])
        let other = try self.part([], maximumBytes: 0)
        #expect(code { try other.write([1]) } == .responseTooLarge)
    }

    @Test func `an existing file is kept, numbered, replaced or compared`() throws {
        try temporary.write([9], to: "face.mp4")
        let error = try #require(#expect(throws: FetchError.self) { try part().commit(as: .fail) })
        #expect(error.code == .fileExists)
        #expect(error.message.contains("face.mp4"))
        #expect(!error.isRetryable)
        #expect(temporary.bytes(of: "face.mp4") == [9])

        #expect(try part().commit(as: .number).name.text == "face-2.mp4")
        #expect(try part().commit(as: .number).name.text == "face-3.mp4")
        #expect(temporary.bytes(of: "face.mp4") == [9])

        #expect(code { _ = try part().commit(as: .keepIfSame) } == .fileExists)
        #expect(code { _ = try part([8]).commit(as: .keepIfSame) } == .fileExists)
        #expect(try part([9]).commit(as: .keepIfSame).wasThere)

        #expect(try !part().commit(as: .replace).wasThere)
        #expect(temporary.bytes(of: "face.mp4") == [1, 2, 3])
        #expect(temporary.names == ["face-2.mp4", "face-3.mp4", "face.mp4"])
    }

    @Test func `large files are compared to their last byte`() throws {
        var bytes = [UInt8](repeating: 7, count: 200_000)
        try temporary.write(bytes, to: "face.mp4")
        #expect(try part(bytes).commit(as: .keepIfSame).wasThere)
        bytes[199_999] = 8
        #expect(code { _ = try part(bytes).commit(as: .keepIfSame) } == .fileExists)
    }

    @Test(arguments: [ExistingFile.fail, .replace, .keepIfSame])
    func `a folder, a link and a pipe are never replaced or followed`(rule: ExistingFile) throws {
        let target = temporary.url.appending(path: "face.mp4")
        let outside = try TemporaryFolder()
        try outside.write([1, 2, 3], to: "other")

        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: false)
        #expect(code { _ = try part().commit(as: rule) } == .fileExists)
        try FileManager.default.removeItem(at: target)

        for destination in ["other", "missing"] {
            let destination = outside.url.appending(path: destination)
            try FileManager.default.createSymbolicLink(at: target, withDestinationURL: destination)
            #expect(code { _ = try part().commit(as: rule) } == .fileExists)
            #expect(try folder.status(of: "face.mp4")?.kind == .link)
            try FileManager.default.removeItem(at: target)
        }
        #expect(outside.names == ["other"])

        try #require(mkfifo(target.path, 0o600) == 0)
        #expect(code { _ = try part().commit(as: rule) } == .fileExists)
        #expect(temporary.names == ["face.mp4"])
    }

    @Test func `a folder or a link of the name has the next number`() throws {
        let target = temporary.url.appending(path: "face.mp4")
        try FileManager.default.createSymbolicLink(at: target, withDestinationURL: temporary.url)
        #expect(try part().commit(as: .number).name.text == "face-2.mp4")
    }

    @Test func `a folder that doesn't exist or isn't one is an error that says so`() throws {
        for path in ["missing", "file"] {
            try temporary.write([], to: "file")
            let error = try #require(
                #expect(throws: FetchError.self) { try Folder(temporary.url.appending(path: path)) }
            )
            #expect(error.code == .fileNotWritten)
            #expect(error.message.contains(path))
            #expect(error.remedy?.contains("Create the folder") == true)
        }
        let link = try #require(URL(string: "https://example.com/x?key=secret"))
        let error = try #require(#expect(throws: FetchError.self) { try Folder(link) })
        #expect(!error.description.contains("secret"))
    }

    @Test func `a folder that is removed meanwhile is an error`() throws {
        let part = try part()
        try FileManager.default.removeItem(at: temporary.url)
        #expect(code { _ = try part.commit(as: .fail) } == .fileNotWritten)
        #expect(code { _ = try self.part() } == .fileNotWritten)
    }

    @Test func `a folder that is moved meanwhile has the file`() throws {
        let part = try part()
        let other = try TemporaryFolder()
        let moved = other.url.appending(path: "moved")
        try FileManager.default.moveItem(at: temporary.url, to: moved)
        _ = try part.commit(as: .fail)
        #expect(try Data(contentsOf: moved.appending(path: "face.mp4")) == Data([1, 2, 3]))
    }

    @Test func `a part that was replaced by another file isn't taken for it`() throws {
        let part = try part()
        let path = try temporary.url.appending(path: #require(temporary.names.first))
        try FileManager.default.removeItem(at: path)
        try Data([6, 6, 6]).write(to: path)
        let error = try #require(#expect(throws: FetchError.self) { try part.commit(as: .fail) })
        #expect(error.isRetryable)
        #expect(!temporary.names.contains("face.mp4"))
    }

    @Test func `downloads of one target at once mix no bytes, and the last rename decides`() async throws {
        let results = try await withThrowingTaskGroup(of: Bool.self) { group in
            for byte in UInt8(0)..<16 {
                group.addTask { [folder, name] in
                    try await FileThreads.run { () throws(FetchError) in
                        let part = try PartFile(for: name, in: folder)
                        for _ in 0..<50 { try part.write([UInt8](repeating: byte, count: 1_000)) }
                        do throws(FetchError) {
                            _ = try part.commit(as: .fail, durable: false)
                            return true
                        } catch {
                            guard error.code == .fileExists else { throw error }
                            return false
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.filter(\.self).count == 1)
        #expect(temporary.names == ["face.mp4"])
        let bytes = try #require(temporary.bytes(of: "face.mp4"))
        #expect(bytes.count == 50_000)
        #expect(Set(bytes).count == 1)
    }

    @Test func `numbered downloads at once have distinct names`() async throws {
        let names = try await withThrowingTaskGroup(of: String.self) { group in
            for byte in UInt8(0)..<40 {
                group.addTask { [folder, name] in
                    try await FileThreads.run { () throws(FetchError) in
                        let part = try PartFile(for: name, in: folder)
                        try part.write([byte])
                        return try part.commit(as: .number, durable: false).name.text
                    }
                }
            }
            return try await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(names.count == 40)
        #expect(Set(temporary.names) == names)
        #expect(Set(names.compactMap { temporary.bytes(of: $0)?.first }).count == 40)
    }

    @Test func `the bytes of a part can be read at any offset`() throws {
        let part = try part(Array(0..<100))
        let tail = try part.withBytes { bytes throws(FetchError) in
            let result = withUnsafeTemporaryAllocation(byteCount: 20, alignment: 1) { buffer in
                Result { () throws(FetchError) in
                    let count = try bytes.read(at: 90, into: buffer)
                    return Array(buffer.prefix(count))
                }
            }
            return try result.get()
        }
        #expect(tail == Array(90..<100))
        #expect(try part.withBytes { bytes throws(FetchError) in bytes.length } == 100)
    }

    @Test func `a part starts over with no bytes`() throws {
        let part = try part([1, 2, 3])
        try part.startOver()
        try part.write([4])
        _ = try part.commit(as: .fail)
        #expect(temporary.bytes(of: "face.mp4") == [4])
    }

    @Test func `the space on the volume is compared with the length`() throws {
        let available = try #require(folder.availableBytes)
        #expect(available > 0)
        #expect(throws: Never.self) { try folder.requireSpace(for: 1) }
        let error = try #require(#expect(throws: FetchError.self) { try folder.requireSpace(for: .max) })
        #expect(error.code == .storageFull)
    }
}
