import ArgumentParser
import Foundation
import Fuzzing

/// A fuzzer for the parts of FetchKit that process untrusted input.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Processes random responses, manifests, paths and ids with FetchKit and checks invariants."
    )

    @Option(help: "The number of inputs over all targets.")
    var inputs: UInt64 = 100_000

    @Option(help: "The seed of the inputs.")
    var seed: UInt64 = 1

    @Option(help: "The name of a target, or a prefix of several names.")
    var only: String?

    @Option(help: "Print and process only the input at this index, in this process.")
    var at: UInt64?

    @Option(
        help: ArgumentHelp("A file for the index of the current input. Runs in this process.", visibility: .private)
    )
    var progressFile: String?

    func run() async throws {
        let targets = try AllTargets.create().filter { $0.name.hasPrefix(only ?? "") }
        guard !targets.isEmpty else { throw ValidationError("No target has the prefix \(only ?? "").") }
        if let at {
            try await execute(at, targets)
        } else if let progressFile {
            // A child process, whose parent passes the full name of its target.
            guard let target = targets.first(where: { $0.name == only }),
                let progressFile = ProgressFile(writing: progressFile)
            else {
                throw ValidationError("The target doesn't exist, or the progress file can't be written.")
            }
            let report = await Campaign(target, seed: seed).run(0..<inputs, progressFile: progressFile)
            FileHandle.standardOutput.write(try JSONEncoder().encode(report))
        } else {
            try await runAll(targets)
        }
    }

    private func execute(_ index: UInt64, _ targets: [any FuzzTarget]) async throws {
        guard let target = targets.first, targets.count == 1 || target.name == only else {
            throw ValidationError("--at requires --only with one target.")
        }
        let campaign = Campaign(target, seed: seed)
        writeError(campaign.inputDescription(at: index))
        let report = await campaign.run(index..<index + 1)
        print(report.json)
        if !report.findings.isEmpty { throw ExitCode(1) }
    }

    private func runAll(_ targets: [any FuzzTarget]) async throws {
        let share = max(inputs / UInt64(targets.count), 1)
        var reports: [TargetReport] = []
        try await withThrowingTaskGroup(of: TargetReport.self) { group in
            for (number, target) in targets.enumerated() {
                if number >= ProcessInfo.processInfo.activeProcessorCount, let report = try await group.next() {
                    reports.append(report)
                }
                // The last target gets the remainder.
                let rest =
                    number == targets.count - 1
                    ? inputs.subtractingReportingOverflow(share * UInt64(targets.count)) : nil
                let count = share + (rest.map { $0.overflow ? 0 : $0.partialValue } ?? 0)
                group.addTask { try await ChildRun(target: target, seed: seed, inputs: count).report() }
            }
            for try await report in group { reports.append(report) }
        }
        reports.sort { $0.target < $1.target }
        for report in reports { print(report.json) }
        writeError(ReportTable(reports).text)
        for report in reports {
            for finding in report.findings {
                writeError("\n\(report.target), seed \(report.seed), \(finding)")
                writeError("Reproduce with: fuzz --only \(report.target) --seed \(report.seed) --at \(finding.index)")
            }
        }
        if reports.contains(where: { !$0.findings.isEmpty }) { throw ExitCode(1) }
    }

    private func writeError(_ message: String) {
        FileHandle.standardError.write(Data((message + "\n").utf8))
    }
}
