import ArgumentParser
import FetchCore
import FetchManifest
import Foundation

/// A benchmark of reading and registering manifests. The time for each should not depend on their number.
@main
struct ManifestLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "manifest-load",
        abstract: "Measures reading and registering manifests, and refusing a large invalid one."
    )

    @Option(help: "The number of manifests.")
    var manifests = 20_000

    @Option(help: "An example manifest, whose name and path are made unique.")
    var example = "Examples/Manifests/kling.json"

    func validate() throws {
        guard manifests >= 1 else { throw ValidationError("At least one manifest is required.") }
    }

    func run() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "manifest-load-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = try files(in: folder)

        var read: EndpointManifests?
        try report("read") { read = try EndpointManifests(contentsOf: files) }
        guard let read else { return }
        try report("registered together") {
            let registry = try EndpointRegistry(read)
            precondition(registry.names.count == manifests)
        }
        try report("registered one by one") {
            var registry = EndpointRegistry()
            for manifest in read.manifests { try registry.register(manifest) }
            precondition(registry.names.count == manifests)
        }
        try reportRefusal("9,900 invalid domains", ["domains": .array((0..<9_900).map { .string("bad domain \($0)") })])
        let form = (0..<30_000).map { "{p\($0)}" }.joined(separator: "/")
        try reportRefusal("an id of 30,000 values", ["id": ["form": .string(form)]])
    }

    private func document(_ changes: [String: JSONValue]) throws -> Data {
        let members = try JSONValue(parsing: Data(contentsOf: URL(filePath: example))).object ?? [:]
        return try JSONEncoder().encode(JSONValue.object(members.merging(changes) { $1 }))
    }

    private func files(in folder: URL) throws -> [URL] {
        let members = try JSONValue(parsing: Data(contentsOf: URL(filePath: example))).object ?? [:]
        let provider = members["provider"]?.string ?? ""
        return try (0..<manifests).map { number in
            let path = "kind\(number)/" + (members["path"]?.string ?? "")
            let document = try document(["name": .string("\(provider).kind\(number)"), "path": .string(path)])
            let file = folder.appending(path: "\(number).json")
            try document.write(to: file)
            return file
        }
    }

    private func reportRefusal(_ name: String, _ changes: [String: JSONValue]) throws {
        let data = try document(changes)
        try report("refused: \(name)", count: 1) {
            precondition((try? EndpointManifest(data, file: "large.json")) == nil)
        }
    }

    private func report(_ step: String, count: Int? = nil, _ body: () throws -> Void) throws {
        let count = count ?? manifests
        let seconds = try ContinuousClock().measure(body) / .seconds(1)
        let each = (seconds / Double(count) * 1e7).rounded() / 10
        let total = (seconds * 1e4).rounded() / 1e4
        print(
            #"{"benchmark":"manifest-load","step":"\#(step)","manifests":\#(count),"seconds":\#(total),"#
                + #""microsecondsEach":\#(each)}"#
        )
    }
}
