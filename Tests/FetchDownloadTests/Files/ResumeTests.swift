import FetchCore
import FetchDownload
import Foundation
import TestSupport
import Testing

@Suite("Parts that a later download continues") struct ResumeTests {
    private let temporary: TemporaryFolder
    private let folder: Folder
    private let name: PlainFileName
    private let link: URL

    init() throws {
        temporary = try TemporaryFolder()
        folder = try temporary.folder()
        name = try .test("face.mp4")
        link = try #require(URL(string: "https://cdn.example.com/a/face.mp4?signature=secret"))
    }

    private var record: ResumeRecord { record(.entityTag("\"v1\"")) }

    private func record(_ validator: Validator, total: Int64? = 10) -> ResumeRecord {
        ResumeRecord(length: 1, total: total, validator: validator, link: link)
    }

    private func resume(maximumBytes: Int64 = .max) throws -> PartFile.Resumed {
        try PartFile.resuming(name, in: folder, maximumBytes: maximumBytes)
    }

    /// Leaves a part with a record of some of its bytes, and further bytes behind them.
    private func leavePart(recorded: [UInt8], further: [UInt8] = []) throws {
        let part = try resume().part
        try part.startOver()
        try part.write(recorded)
        try part.store(record)
        try part.write(further)
        part.leave()
    }

    @Test func `a later download continues behind the bytes that were recorded`() throws {
        try leavePart(recorded: [1, 2, 3], further: [4, 5])
        let resumed = try resume()
        #expect(resumed.record?.length == 3)
        #expect(resumed.part.length == 3)
        #expect(resumed.part.isResumable)
        try resumed.part.write([6])
        _ = try resumed.part.commit(as: .fail)
        #expect(temporary.bytes(of: "face.mp4") == [1, 2, 3, 6])
        #expect(temporary.names == ["face.mp4"])
    }

    @Test func `a part without a record is emptied`() throws {
        let part = try resume().part
        try part.write([1, 2, 3])
        part.leave()
        #expect(temporary.names.count == 1)
        let resumed = try resume()
        #expect(resumed.record == nil)
        #expect(resumed.part.length == 0)
    }

    @Test func `a record without its part is ignored`() throws {
        try leavePart(recorded: [1, 2, 3])
        let partName = try #require(temporary.names.first { $0.hasSuffix(".part") })
        try FileManager.default.removeItem(at: temporary.url.appending(path: partName))
        let resumed = try resume()
        #expect(resumed.record == nil)
        try resumed.part.write([9, 9, 9, 9])
        resumed.part.leave()
        #expect(try resume().record == nil)
    }

    @Test(arguments: [
        "", "{}", "null", "[", "{\"version\":2,\"length\":3,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
        "{\"version\":1,\"length\":4,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
        "{\"version\":1,\"length\":-1,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
        "{\"version\":1,\"length\":3,\"total\":2,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
        "{\"version\":1,\"length\":3,\"source\":\"x\",\"entityTag\":\"W/\\\"a\\\"\"}",
        "{\"version\":1,\"length\":3,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\\r\\nHost: b\"}",
        "{\"version\":1,\"length\":3,\"source\":\"x\",\"lastModified\":\"yesterday\"}",
        "{\"version\":1,\"length\":3,\"source\":\"x\"}", "{\"version\":1,\"length\":3,\"entityTag\":\"\\\"a\\\"\"}",
        "{\"version\":1,\"length\":99999999999999999999,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
        String(repeating: " ", count: 20_000)
            + "{\"version\":1,\"length\":3,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\"}",
    ])
    func `a record that can't be used is discarded with its part`(stored: String) throws {
        try leavePart(recorded: [1, 2, 3])
        let recordName = try #require(temporary.names.first { $0.hasSuffix(".json") })
        try temporary.write(stored.utf8, to: recordName)
        let resumed = try resume()
        #expect(resumed.record == nil)
        #expect(resumed.part.length == 0)
        #expect(!temporary.names.contains(recordName))
    }

    @Test func `a valid record of a later session is read`() throws {
        try leavePart(recorded: [1, 2, 3])
        let recordName = try #require(temporary.names.first { $0.hasSuffix(".json") })
        let text = "{\"version\":1,\"length\":2,\"source\":\"x\",\"entityTag\":\"\\\"a\\\"\",\"new\":[1]}"
        try temporary.write(text.utf8, to: recordName)
        #expect(try resume().record?.length == 2)
    }

    @Test func `a record beyond the limit of the size is discarded`() throws {
        try leavePart(recorded: [1, 2, 3])
        #expect(try resume(maximumBytes: 2).record == nil)
    }

    @Test func `the record holds neither the link nor its signature`() throws {
        try leavePart(recorded: [1])
        let recordName = try #require(temporary.names.first { $0.hasSuffix(".json") })
        let text = String(decoding: try #require(temporary.bytes(of: recordName)), as: UTF8.self)
        #expect(!text.contains("secret") && !text.contains("cdn") && !text.contains("face"))
        #expect(try temporary.permissions(of: recordName) == 0o600)
    }

    @Test func `a second download of the target has a part of its own`() throws {
        let first = try resume().part
        try first.write([1, 2, 3])
        let second = try resume()
        #expect(!second.part.isResumable)
        #expect(second.record == nil)
        try second.part.write([4])
        _ = try second.part.commit(as: .fail)
        #expect(throws: FetchError.self) { try first.commit(as: .fail) }
        #expect(temporary.bytes(of: "face.mp4") == [4])
        #expect(temporary.names == ["face.mp4"])
    }

    @Test func `another file in place of the part isn't written to`() throws {
        let partName = PartName.resumable(for: name.text).text
        let outside = try TemporaryFolder()
        try outside.write([1, 2, 3], to: "victim")
        let victim = outside.url.appending(path: "victim")
        let place = temporary.url.appending(path: partName)
        let replacements: [(URL) throws -> Void] = [
            { try FileManager.default.createSymbolicLink(at: $0, withDestinationURL: victim) },
            { try FileManager.default.linkItem(at: victim, to: $0) },
            { try FileManager.default.createDirectory(at: $0, withIntermediateDirectories: false) },
            { #expect(mkfifo($0.path, 0o600) == 0) },
        ]
        for replace in replacements {
            try replace(place)
            let resumed = try resume()
            #expect(!resumed.part.isResumable)
            try resumed.part.write([9])
            resumed.part.discard()
            #expect(outside.bytes(of: "victim") == [1, 2, 3])
            try FileManager.default.removeItem(at: place)
        }
    }

    @Test func `a link in place of the record isn't followed`() throws {
        try leavePart(recorded: [1, 2, 3])
        let recordName = try #require(temporary.names.first { $0.hasSuffix(".json") })
        let place = temporary.url.appending(path: recordName)
        let copy = temporary.url.appending(path: "copy")
        try FileManager.default.moveItem(at: place, to: copy)
        try FileManager.default.createSymbolicLink(at: place, withDestinationURL: copy)
        #expect(try resume().record == nil)
        #expect(temporary.names.contains("copy"))
    }

    @Test func `starting over removes the record before the bytes`() throws {
        try leavePart(recorded: [1, 2, 3])
        let resumed = try resume()
        try resumed.part.startOver()
        #expect(!temporary.names.contains { $0.hasSuffix(".json") })
        try resumed.part.write([7, 8, 9, 10])
        resumed.part.leave()
        #expect(try resume().record == nil)
    }

    @Test func `discarding and failing remove part and record`() throws {
        try leavePart(recorded: [1, 2, 3])
        try resume().part.discard()
        #expect(temporary.names == [])
        try leavePart(recorded: [1, 2, 3])
        let part = try resume(maximumBytes: 4).part
        #expect(throws: FetchError.self) { try part.write([1, 2]) }
        #expect(temporary.names == [])
    }

    @Test func `only the rest of the same file is asked for`() throws {
        let tagged = record
        var stored = tagged
        stored.length = 4
        let fresh = try #require(URL(string: "https://cdn.example.com/a/face.mp4?signature=other"))
        let moved = try #require(URL(string: "https://other.example.com/face.mp4"))
        let other = try #require(URL(string: "https://cdn.example.com/a/face.mp4?version=2&signature=secret"))
        let range = try #require(stored.range(from: fresh))
        #expect(range.headers["Range"] == "bytes=4-")
        #expect(range.headers["If-Range"] == "\"v1\"")
        #expect(stored.range(from: moved)?.headers == range.headers)
        #expect(stored.range(from: moved)?.isFromOtherLink == true)
        #expect(!range.isFromOtherLink)
        var dated = record(.lastModified("Sun, 06 Nov 1994 08:49:37 GMT"))
        dated.length = 4
        #expect(dated.range(from: link)?.headers["If-Range"] == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(dated.range(from: fresh) != nil)
        #expect(dated.range(from: moved) == nil)
        #expect(dated.range(from: other) == nil)
        stored.total = nil
        #expect(stored.range(from: link) != nil)
        #expect(stored.range(from: moved) == nil)
        stored.total = 4
        #expect(stored.range(from: link) == nil)
    }

    @Test func `stale parts and records are removed, and nothing else`() throws {
        try leavePart(recorded: [1, 2, 3])
        let kept = [
            ".hidden.part", "face.mp4.part", ".0123456789abcdef.part", ".x.0123456789abcdeg.part", "face.mp4",
            ".x.0123456789ABCDEF.part", ".x.0123456789abcdef.part.jsonx", "x.0123456789abcdef.part",
        ]
        for name in kept { try temporary.write([1], to: name) }
        try temporary.write([1], to: ".x.0123456789abcdef.part")
        try temporary.write([1], to: ".x.0123456789abcdef.part.json")
        let outside = try TemporaryFolder()
        try outside.write([1], to: "victim")
        let linked = temporary.url.appending(path: ".y.0123456789abcdef.part")
        try FileManager.default.createSymbolicLink(
            at: linked,
            withDestinationURL: outside.url.appending(path: "victim")
        )
        let active = try PartFile(for: .test("active.png"), in: folder)
        #expect(try StaleParts.remove(in: folder, unchangedSince: .distantPast) == 0)
        #expect(try StaleParts.remove(in: folder, unchangedSince: .distantFuture) == 4)
        let names = temporary.names
        #expect(kept.allSatisfy(names.contains))
        #expect(names.count == kept.count + 2)
        #expect(outside.names == ["victim"])
        try active.write([1])
        _ = try active.commit(as: .fail)
    }

    @Test func `the record of a part that a download has locked isn't stale`() throws {
        try leavePart(recorded: [1, 2, 3])
        let names = temporary.names
        #expect(names.count == 2)
        let active = try resume()
        #expect(try StaleParts.remove(in: folder, unchangedSince: .distantFuture) == 0)
        #expect(temporary.names == names)
        active.part.leave()
        #expect(try StaleParts.remove(in: folder, unchangedSince: .distantFuture) == 2)
        #expect(temporary.names.isEmpty)
    }

    @Test func `only parts that are old enough are removed`() throws {
        let now = Date()
        for (name, age) in [(".a.0123456789abcdef.part", 90_000.0), (".b.0123456789abcdef.part", 10)] {
            try temporary.write([1], to: name)
            let path = temporary.url.appending(path: name).path
            try FileManager.default.setAttributes([.modificationDate: now - age], ofItemAtPath: path)
        }
        #expect(try StaleParts.remove(in: folder, unchangedSince: now - 86_400) == 1)
        #expect(temporary.names == [".b.0123456789abcdef.part"])
    }

    @Test func `downloads that take turns at random leave a right file or none`() throws {
        var random = SplitMix64(seed: 42)
        let versions = (0..<2).map { version in (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ version * 100) } }
        for _ in 0..<300 {
            let version = Int.random(in: 0..<2, using: &random)
            let bytes = versions[version]
            let resumed = try resume()
            let validator = Validator.entityTag("\"v\(version)\"")
            let record = ResumeRecord(length: 1, total: 300, validator: validator, link: link)
            // The server refuses the rest of another version.
            if resumed.record?.validator != validator { try resumed.part.startOver() }
            while resumed.part.length < 300, Int.random(in: 0..<8, using: &random) > 0 {
                let start = Int(resumed.part.length)
                try resumed.part.write(Array(bytes[start...].prefix(Int.random(in: 1...60, using: &random))))
                if Bool.random(using: &random) { try resumed.part.store(record) }
            }
            if resumed.part.length == 300 {
                _ = try resumed.part.commit(as: .replace, durable: false)
                #expect(temporary.bytes(of: "face.mp4") == bytes)
            } else {
                resumed.part.leave()
            }
        }
        #expect(temporary.names.contains("face.mp4"))
    }
}
