package import FetchCore
package import Foundation

/// The durations of each endpoint's jobs that earlier runs have learned, in a file.
package struct LearnedDurations: Sendable {
    private struct Content: Codable {
        var v = 1
        var endpoints: [String: JobDurations]
    }

    private let file: URL
    /// What the file had when the run began.
    package let durations: [EndpointName: JobDurations]
    /// What is wrong with the file. `nil` if it was read, or doesn't exist.
    package let problem: String?

    /// Reads the durations. A damaged file counts as an empty one.
    ///
    /// - Parameter folder: The folder of the file, which needn't exist.
    package init(in folder: URL) {
        file = folder.appending(path: "durations.json")
        do {
            durations = try Self.read(file)
            problem = nil
        } catch {
            durations = [:]
            problem = "\(file.path(percentEncoded: false)) is damaged. It is ignored, and will be replaced."
        }
    }

    /// Writes what a run has learned, together with what other runs have written meanwhile.
    ///
    /// The file is replaced at once, so that it is always whole. Of two runs that have learned of the same endpoint, the
    /// durations with the greater weight stay.
    ///
    /// - Parameter learned: The durations of the client at the end of the run.
    /// - Throws: An error of the file system.
    package func save(_ learned: [EndpointName: JobDurations]) throws {
        let changes = learned.filter { $0.value != durations[$0.key] && !$0.value.isEmpty }
        guard !changes.isEmpty else { return }
        let folder = file.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileLock.whileLocked(folder.appending(path: "durations.lock")) {
            let current = (try? Self.read(file)) ?? [:]
            let merged = current.merging(changes) { other, own in
                // The other is what this run began with, unless another run has written since.
                durations.values.contains(other) || own.weight >= other.weight ? own : other
            }
            let endpoints = Dictionary(uniqueKeysWithValues: merged.map { ($0.key.rawValue, $0.value) })
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            try encoder.encode(Content(endpoints: endpoints)).write(to: file, options: .atomic)
        }
    }

    private static func read(_ file: URL) throws -> [EndpointName: JobDurations] {
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { return [:] }
        let content = try JSONDecoder().decode(Content.self, from: Data(contentsOf: file))
        guard content.v == 1 else { throw CocoaError(.fileReadCorruptFile) }
        let pairs = content.endpoints.compactMap { name, durations in
            EndpointName(rawValue: name).map { ($0, durations) }
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }
}
