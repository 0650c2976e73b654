import Foundation
import Fuzzing

/// One target in a process of its own: a trap ends that and not the run, and its memory is nobody else's.
struct ChildRun: Sendable {
    /// How long one input may take before its process is ended.
    private static let patience = Duration.seconds(20)

    let target: any FuzzTarget
    let seed: UInt64
    let inputs: UInt64

    /// The report of the process, or of how it ended.
    func report() async throws -> TargetReport {
        let journal = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: journal) }
        let process = Process()
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL
        process.arguments = [
            "--only", target.name, "--seed", "\(seed)", "--inputs", "\(inputs)",
            "--journal", journal.path(percentEncoded: false),
        ]
        process.standardOutput = output
        try process.run()
        let written = Task.detached { output.fileHandleForReading.readDataToEndOfFile() }
        let isStuck = try await watch(process, journal.path(percentEncoded: false))
        if isStuck { kill(process.processIdentifier, SIGKILL) }
        let data = await written.value
        process.waitUntilExit()
        if let report = try? JSONDecoder().decode(TargetReport.self, from: data) { return report }
        let words =
            isStuck ? "it took more than \(Self.patience)" : "it ended the process with \(Self.end(of: process))"
        return reportOfDeath(words, at: Journal.lastIndex(in: journal.path(percentEncoded: false)))
    }

    /// Waits for the end of the process, or until it has been at one input for too long.
    private func watch(_ process: Process, _ journal: String) async throws -> Bool {
        let clock = ContinuousClock()
        var (last, since) = (Journal.lastIndex(in: journal), clock.now)
        while process.isRunning {
            try await clock.sleep(for: .milliseconds(20))
            let index = Journal.lastIndex(in: journal)
            if index != last { (last, since) = (index, clock.now) }
            if clock.now - since > Self.patience { return true }
        }
        return false
    }

    private static func end(of process: Process) -> String {
        process.terminationReason == .uncaughtSignal
            ? "signal \(process.terminationStatus)" : "status \(process.terminationStatus)"
    }

    private func reportOfDeath(_ words: String, at index: UInt64?) -> TargetReport {
        var report = TargetReport(target: target.name, seed: seed)
        report.inputs = index ?? 0
        report.findings = [
            Finding(
                index: index ?? 0,
                words: words,
                input: index.map(Campaign(target, seed: seed).shown) ?? "before the first input"
            )
        ]
        return report
    }
}
