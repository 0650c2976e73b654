import FetchCore
import FetchManifest
import Foundation
import Testing

@Suite("Manifest files") struct ManifestFileTests {
    /// A unique directory, since each test has its own instance of the suite.
    private let folder = FileManager.default.temporaryDirectory.appending(path: "manifests-\(UUID().uuidString)")

    private func file(_ name: String, _ data: Data) throws -> URL {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let url = folder.appending(path: name)
        try data.write(to: url)
        return url
    }

    private func error(_ url: URL) throws -> ManifestError {
        try #require(throws: ManifestError.self) { try EndpointManifest(contentsOf: url) }
    }

    @Test func `a manifest is read from a file and has its path`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let manifest = try EndpointManifest(contentsOf: file("example.json", ExampleManifest.data()))
        #expect(manifest.name == "example.video")
        #expect(manifest.file.hasSuffix("/example.json"))
    }

    @Test func `a symbolic link is resolved`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let target = try file("example.json", ExampleManifest.data())
        let link = folder.appending(path: "link.json")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
        #expect(try EndpointManifest(contentsOf: link).name == "example.video")
    }

    @Test func `a file of 10 MB is rejected without being opened`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        // A sparse file: it has a size but takes no disk space.
        let url = try file("large.json", Data())
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 10_000_000)
        try handle.close()
        let error = try error(url)
        #expect(error.file.hasSuffix("large.json"))
        #expect(error.problems[0].reason == "its size is 10000000 bytes, the limit is 262144")
        #expect(error.problems[0].remedy.contains("one endpoint"))
    }

    @Test func `a manifest of the maximum size is accepted, one more byte is rejected`() throws {
        let data = try ExampleManifest.data()
        let padding = Data(repeating: 0x20, count: EndpointManifest.sizeLimit - data.count)
        #expect(try EndpointManifest(data + padding, file: "a.json").name == "example.video")
        #expect(throws: ManifestError.self) { try EndpointManifest(data + padding + Data([0x20]), file: "a.json") }
    }

    @Test func `a missing file, a directory and a device are rejected`() throws {
        #expect(
            try error(URL(filePath: "/nowhere/a.json")).description.hasPrefix("/nowhere/a.json: the file doesn't exist")
        )
        #expect(try error(URL(filePath: "/")).problems[0].reason == "it is a directory")
        #expect(try error(URL(filePath: "/dev/zero")).problems[0].reason == "it is not a regular file")
    }

    @Test func `a URL that isn't a file URL is rejected`() throws {
        let error = try error(#require(URL(string: "https://example.com/a.json")))
        #expect(error.problems[0].reason == "it is not a file URL")
    }

    @Test func `several manifests are registered together or not at all`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let video = try file("video.json", ExampleManifest.data())
        let image = try file("image.json", ExampleManifest.data(["name": "example.image"]))
        let broken = try file("broken.json", ExampleManifest.data(["name": nil]))

        let both = try EndpointManifests(contentsOf: [video, image])
        #expect(both.manifests.map(\.name) == ["example.video", "example.image"])
        #expect(try EndpointRegistry(both).names == ["example.image", "example.video"])

        let error = try #require(throws: ManifestError.self) {
            try EndpointManifests(contentsOf: [video, broken, image])
        }
        #expect(error.file.hasSuffix("broken.json"))
        #expect(error.problems.map(\.field) == ["name"])
    }

    @Test func `the error of several manifests lists every invalid file`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [
            try file("a.json", ExampleManifest.data(["name": nil])), try file("b.json", ExampleManifest.data()),
            try file("c.json", ExampleManifest.data()), try file("d.json", Data("{".utf8)),
        ]
        let error = try #require(throws: ManifestError.self) { try EndpointManifests(contentsOf: files) }
        #expect(([error] + error.others).map { $0.file.suffix(6) } == ["a.json", "c.json", "d.json"])
        let lines = error.description.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[0].contains("a.json: name: is missing"))
        #expect(lines[1].contains("c.json: name: example.video is also the name in"))
        #expect(lines[2].contains("d.json: line 1"))
    }

    @Test func `the error of a duplicate name contains both files`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = [try file("a.json", ExampleManifest.data()), try file("b.json", ExampleManifest.data())]
        let error = try #require(throws: ManifestError.self) { try EndpointManifests(contentsOf: files) }
        #expect(error.file.hasSuffix("b.json"))
        #expect(error.problems[0].field == "name")
        #expect(error.problems[0].reason.hasSuffix("a.json"))
    }

    @Test func `a duplicate name leaves a registry unchanged`() throws {
        var registry = try EndpointRegistry(ExampleManifest.manifest())
        let error = try #require(throws: FetchError.self) { try registry.register(ExampleManifest.manifest()) }
        #expect(error.code == .duplicateEndpoint)
        #expect(registry.names == ["example.video"])
    }
}
