import ArgumentParser
import FetchCore
import FetchJobs
import FetchSQLite
import Foundation

/// A program whose jobs survive it: kill it at any time, start it again, and it goes on.
///
///     swift run --package-path Examples durable-worker [--kill-after 4]
@main
struct DurableWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "durable-worker",
        abstract: "Polls simulated jobs from a file, and goes on with them after it was killed.",
        discussion: "Start it again with the same folder until it says that all outcomes are saved."
    )

    @Option(help: "The folder of the store and of the saved outcomes. Defaults to a temporary one.")
    var folder = FileManager.default.temporaryDirectory.appending(path: "durable-worker").path

    @Option(help: "The number of jobs.")
    var jobs = 12

    @Option(help: "The seconds after which the process kills itself, as kill -9 does. Defaults to never.")
    var killAfter: Double?

    func validate() throws {
        guard jobs > 0, killAfter ?? 1 > 0 else { throw ValidationError("Numbers must be positive.") }
    }

    func run() async throws {
        let folder = URL(filePath: folder, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let store = try SQLiteJobStore(path: folder.appending(path: "jobs.sqlite").path)
        let films = try FilmList(folder.appending(path: "films.txt"))
        let provider = try SimulatedProvider()
        defer { provider.stop() }

        let results = try await store.add(try (1...jobs).map(provider.submit))
        try await provider.goOn(with: store)
        Self.show("\(jobs) jobs: \(results.summary). Kill this process at any time: kill -9 \(getpid())")
        if let killAfter { killThisProcess(after: killAfter) }

        let worker = JobWorker(client: provider.client, store: store, configuration: Self.workerConfiguration)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await worker.run() }
            group.addTask { try await readOutcomes(of: store, into: films) }
            // The reader ends when it has all outcomes, and the worker only if the store can't be used.
            try await group.next()
            group.cancelAll()
        }
        Self.show("All \(jobs) outcomes are saved in \(films.file.path(percentEncoded: false))")
    }

    private func readOutcomes(of store: any JobStore, into films: FilmList) async throws {
        if await films.count == jobs { return }
        for try await delivery in store.deliveries() {
            if try await films.save(delivery.outcome) { Self.show(delivery.outcome.line) }
            try await delivery.acknowledge()
            if await films.count == jobs { return }
        }
    }

    /// A worker whose jobs go to others three seconds after it was killed. The default is a minute.
    private static var workerConfiguration: JobWorker.Configuration {
        JobWorker.Configuration(name: "durable-worker", timeToLive: .seconds(3))
    }

    /// Prints a line at once, so that a killed process has printed it also into a file.
    private static func show(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    }

    private func killThisProcess(after seconds: Double) {
        Thread.detachNewThread {
            Thread.sleep(forTimeInterval: seconds)
            kill(getpid(), SIGKILL)
        }
    }
}

extension [AddResult] {
    /// The number of jobs that are new, that a run before has added, and that have ended.
    fileprivate var summary: String {
        var (added, waiting, ended) = (0, 0, 0)
        for result in self {
            switch result {
            case .added: added += 1
            case .alreadyWaiting: waiting += 1
            case .alreadyEnded: ended += 1
            }
        }
        return "\(added) are new, \(waiting) are waited for, \(ended) have ended"
    }
}

extension StoredOutcome {
    /// The outcome on one line.
    var line: String {
        let links = end.artifacts.compactMap(\.url?.absoluteString)
        let text = links.isEmpty ? end.failure?.message ?? "" : links.joined(separator: " ")
        return "\(job.job) \(end.kind.rawValue) \(text)"
    }
}
