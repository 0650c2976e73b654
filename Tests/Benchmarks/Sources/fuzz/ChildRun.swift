import Foundation
import Fuzzing

/// A run of one target in its own process, so that a crash doesn't end the whole run and the memory can be measured.
struct ChildRun: Sendable {
    /// The time after which a process that is still at the same input is killed.
    private static let inputTimeLimit = Duration.seconds(20)

    let target: any FuzzTarget
    let seed: UInt64
    let inputs: UInt64

    /// Runs the process and returns its report, or a report about its crash.
    func report() async throws -> TargetReport {
        let progressFile = FileManager.default.temporaryDirectory.appending(path: "fuzz-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: progressFile) }
        let process = Process()
        let output = Pipe()
        process.executableURL = Bundle.main.executableURL
        process.arguments = [
            "--only", target.name, "--seed", "\(seed)", "--inputs", "\(inputs)",
            "--progress-file", progressFile.path(percentEncoded: false),
        ]
        process.standardOutput = output
        try process.run()
        let written = Task.detached { output.fileHandleForReading.readDataToEndOfFile() }
        let isStuck = try await monitor(process, progressFile.path(percentEncoded: false))
        if isStuck { kill(process.processIdentifier, SIGKILL) }
        let data = await written.value
        process.waitUntilExit()
        if let report = try? JSONDecoder().decode(TargetReport.self, from: data) { return report }
        let words =
            isStuck ? "it took more than \(Self.inputTimeLimit)" : "the process ended with \(Self.end(of: process))"
        return crashReport(words, at: ProgressFile.lastIndex(in: progressFile.path(percentEncoded: false)))
    }

    /// Waits until the process ends, and returns true if it exceeds the time limit for one input.
    private func monitor(_ process: Process, _ progressFile: String) async throws -> Bool {
        let clock = ContinuousClock()
        var (last, since) = (ProgressFile.lastIndex(in: progressFile), clock.now)
        while process.isRunning {
            try await clock.sleep(for: .milliseconds(20))
            let index = ProgressFile.lastIndex(in: progressFile)
            if index != last { (last, since) = (index, clock.now) }
            if clock.now - since > Self.inputTimeLimit { return true }
        }
        return false
    }

    private static func end(of process: Process) -> String {
        process.terminationReason == .uncaughtSignal
            ? "signal \(process.terminationStatus)" : "status \(process.terminationStatus)"
    }

    private func crashReport(_ words: String, at index: UInt64?) -> TargetReport {
        var report = TargetReport(target: target.name, seed: seed)
        report.inputs = index ?? 0
        report.findings = [
            Finding(
                index: index ?? 0,
                words: words,
                input: index.map { Campaign(target, seed: seed).inputDescription(at: $0) } ?? "before the first input"
            )
        ]
        return report
    }
}
