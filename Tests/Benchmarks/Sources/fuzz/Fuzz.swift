import ArgumentParser
import Foundation
import Fuzzing

/// Has FetchKit take whatever servers, manifests and callers may come up with.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuzz",
        abstract: "Has FetchKit take whatever servers, manifests and callers may come up with."
    )

    @Option(help: "How many inputs, over all targets.")
    var inputs: UInt64 = 100_000

    @Option(help: "The seed; the same one makes the same inputs.")
    var seed: UInt64 = 1

    @Option(help: "A target, or the beginning of the names of several.")
    var only: String?

    @Option(help: "Take the input of this index alone, in this process, and print it first.")
    var at: UInt64?

    @Option(help: ArgumentHelp("Note here which input is being taken, and run in this process.", visibility: .private))
    var journal: String?

    func run() async throws {
        let targets = try AllTargets.made().filter { $0.name.hasPrefix(only ?? "") }
        guard !targets.isEmpty else { throw ValidationError("No target's name begins with \(only ?? "").") }
        if let at {
            try await take(at, targets)
        } else if let journal {
            // The child of a run, which names its only target in full.
            guard let target = targets.first(where: { $0.name == only }), let journal = Journal(writing: journal) else {
                throw ValidationError("There is no such target, or the journal can't be written.")
            }
            let report = await Campaign(target, seed: seed).run(0..<inputs, journal: journal)
            FileHandle.standardOutput.write(try JSONEncoder().encode(report))
        } else {
            try await runAll(targets)
        }
    }

    private func take(_ index: UInt64, _ targets: [any FuzzTarget]) async throws {
        guard let target = targets.first, targets.count == 1 || target.name == only else {
            throw ValidationError("Name one target with --only.")
        }
        let campaign = Campaign(target, seed: seed)
        complain(campaign.shown(index))
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
                // The last target takes what the division leaves.
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
        complain(ReportTable(reports).text)
        for report in reports {
            for finding in report.findings {
                complain("\n\(report.target), seed \(report.seed), \(finding)")
                complain("Again: fuzz --only \(report.target) --seed \(report.seed) --at \(finding.index)")
            }
        }
        if reports.contains(where: { !$0.findings.isEmpty }) { throw ExitCode(1) }
    }

    private func complain(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }
}
