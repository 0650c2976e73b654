import Foundation

/// So many inputs of one target, one after the other.
package struct Campaign: Sendable {
    /// How much more memory the process may have at any time than at the start.
    package static let mostMegabytes = 300.0

    /// After so many broken invariants the rest is no news.
    private static let mostFindings = 5

    private let target: any FuzzTarget
    private let seed: UInt64

    /// Creates a campaign.
    package init(_ target: any FuzzTarget, seed: UInt64) {
        (self.target, self.seed) = (target, seed)
    }

    /// The input of that index, as it is printed.
    package func shown(_ index: UInt64) -> String { shown(index, of: target) }

    private func shown<Target: FuzzTarget>(_ index: UInt64, of target: Target) -> String {
        target.shown(input(index, of: target))
    }

    private func input<Target: FuzzTarget>(_ index: UInt64, of target: Target) -> Target.Input {
        var dice = Dice(seed: seed, target: target.name, index: index)
        return target.input(&dice)
    }

    /// Has FetchKit take the inputs.
    ///
    /// - Parameter journal: Told of each index before its input is taken.
    package func run(_ indices: Range<UInt64>, journal: Journal? = nil) async -> TargetReport {
        await run(indices, journal, target)
    }

    private func run<Target: FuzzTarget>(
        _ indices: Range<UInt64>,
        _ journal: Journal?,
        _ target: Target
    ) async -> TargetReport {
        var report = TargetReport(target: target.name, seed: seed)
        let start = PeakMemory.megabytes
        let clock = ContinuousClock()
        let beginning = clock.now
        for index in indices {
            journal?.note(index)
            let input = input(index, of: target)
            var time = await take(input, index, target, &report)
            // The machine may have been at something else: what is slow is slow again.
            for _ in 0..<2 where time.isTooLong { time = await take(input, index, target, &report) }
            if time.isTooLong {
                note("it took \(time.processor) s of work, and \(time.wall) s in all", index, target, &report)
            }
            report.noteTime(time, of: index)
            report.inputs += 1
            if report.findings.count >= Self.mostFindings { break }
            // To look at the memory takes time, and what needs much of it takes time as well.
            guard time.processor > 0.002 || index.isMultiple(of: 256) || index == indices.upperBound - 1 else {
                continue
            }
            report.peakMegabytes = PeakMemory.megabytes - start
            if report.peakMegabytes > Self.mostMegabytes {
                note("memory grew by \(Int(report.peakMegabytes)) MB", index, target, &report)
                break
            }
        }
        report.seconds = (clock.now - beginning) / .seconds(1)
        return report
    }

    private func take<Target: FuzzTarget>(
        _ input: Target.Input,
        _ index: UInt64,
        _ target: Target,
        _ report: inout TargetReport
    ) async -> InputTime {
        var result: Result<String, any Error>?
        let time = await InputTime(of: {
            result = await FetchCheck.caught { try await target.outcome(of: input) }
        })
        switch result {
        case .success(let outcome)?: report.outcomes[outcome, default: 0] += 1
        case .failure(let error)?: note("\(error)", index, target, &report)
        case nil: break
        }
        return time
    }

    private func note<Target: FuzzTarget>(
        _ words: String,
        _ index: UInt64,
        _ target: Target,
        _ report: inout TargetReport
    ) {
        guard report.findings.last?.index != index else { return }
        report.findings.append(Finding(index: index, words: words, input: target.shown(input(index, of: target))))
    }
}
