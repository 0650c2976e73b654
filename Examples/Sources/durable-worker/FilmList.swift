import FetchJobs
import Foundation

/// The outcomes that the application has saved, one per line of a file.
///
/// An outcome is delivered at least once, so the list ignores one that it has.
actor FilmList {
    nonisolated let file: URL
    private var saved: Set<String>
    private let handle: FileHandle

    /// Opens a list, or creates an empty one.
    init(_ file: URL) throws {
        self.file = file
        if !FileManager.default.fileExists(atPath: file.path) { try Data().write(to: file) }
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        saved = Set(lines.compactMap { $0.split(separator: " ").first.map(String.init) })
        handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
    }

    /// The number of outcomes in the list.
    var count: Int { saved.count }

    /// Saves an outcome, and returns false if the list has it.
    func save(_ outcome: StoredOutcome) throws -> Bool {
        guard saved.insert("\(outcome.id)").inserted else { return false }
        try handle.write(contentsOf: Data("\(outcome.id) \(outcome.line)\n".utf8))
        return true
    }
}
