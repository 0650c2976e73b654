package import Foundation

/// All pictures of the documentation, drawn from a source tree.
package struct Pictures {
    /// The folder of the pictures, relative to the root of the repository.
    package static let folder = "Documentation/Pictures"

    /// The text of each picture by its file name.
    package let files: [String: String]

    /// Draws all pictures.
    ///
    /// - Parameter root: The root of the repository.
    /// - Throws: ``PictureError`` if data can't be drawn, or the error of a file that can't be read.
    package init(root: URL) throws {
        func text(_ path: String) throws -> String {
            try String(contentsOf: root.appending(path: path), encoding: .utf8)
        }
        let core = root.appending(path: "Sources/FetchCore")
        let sources = try FileManager.default.subpathsOfDirectory(atPath: core.path())
        files = [
            "rooms.svg": try RoomsPicture.draw(page: text("Documentation/Architecture.md")),
            "job-states.svg": try JobStatesPicture.draw(source: text("Sources/FetchCore/Scheduler/PolledJob.swift")),
            "request.svg": try RequestPicture.draw(sources: sources),
            "durable-job.svg": try DurableJobPicture.draw(source: text("Sources/FetchJobs/Job/StoredJob.swift")),
            "worker-death.svg": WorkerDeathPicture.draw(),
            "gaps.svg": GapsPicture.draw(),
            "costs.svg": try CostsPicture.draw(lines: text("Tests/Benchmarks/Data/poll-cost.jsonl")),
            "quickstart.svg": try TerminalPicture.draw(capture: text("Tests/Benchmarks/Data/quickstart.terminal")),
        ]
    }
}
