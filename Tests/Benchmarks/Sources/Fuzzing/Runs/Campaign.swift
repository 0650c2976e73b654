import Foundation

/// A sequence of inputs for one target.
package struct Campaign: Sendable {
    /// The maximum growth of the peak memory in MB.
    package static let maximumMegabytes = 300.0

    /// The number of findings that ends the campaign.
    private static let maximumFindings = 5

    private let target: any FuzzTarget
    private let seed: UInt64

    package init(_ target: any FuzzTarget, seed: UInt64) {
        (self.target, self.seed) = (target, seed)
    }

    /// Returns a printable description of the input at an index.
    package func inputDescription(at index: UInt64) -> String { description(at: index, of: target) }

    private func description<Target: FuzzTarget>(at index: UInt64, of target: Target) -> String {
        target.description(of: input(index, of: target))
    }

    private func input<Target: FuzzTarget>(_ index: UInt64, of target: Target) -> Target.Input {
        var random = SeededRandom(seed: seed, target: target.name, index: index)
        return target.input(&random)
    }

    /// Runs the inputs of a range of indices.
    ///
    /// - Parameters:
    ///   - indices: The indices of the inputs.
    ///   - progressFile: A file for the index of each input, which is recorded before the input runs. Defaults to none.
    /// - Returns: The statistics and findings.
    package func run(_ indices: Range<UInt64>, progressFile: ProgressFile? = nil) async -> TargetReport {
        await run(indices, progressFile, target)
    }

    private func run<Target: FuzzTarget>(
        _ indices: Range<UInt64>,
        _ progressFile: ProgressFile?,
        _ target: Target
    ) async -> TargetReport {
        var report = TargetReport(target: target.name, seed: seed)
        let start = PeakMemory.megabytes
        let clock = ContinuousClock()
        let startTime = clock.now
        for index in indices {
            progressFile?.record(index)
            let input = input(index, of: target)
            var time = await execute(input, index, target, &report)
            // Repeats slow inputs, since other load on the machine may have been the cause.
            for _ in 0..<2 where time.isTooLong { time = await execute(input, index, target, &report) }
            if time.isTooLong {
                addFinding(
                    "it took \(time.processor) s of CPU time and \(time.wall) s in total",
                    index,
                    target,
                    &report
                )
            }
            report.recordTime(time, of: index)
            report.inputs += 1
            if report.findings.count >= Self.maximumFindings { break }
            // Reading the memory is slow, and inputs that need much memory also need much time.
            guard time.processor > 0.002 || index.isMultiple(of: 256) || index == indices.upperBound - 1 else {
                continue
            }
            report.peakMegabytes = PeakMemory.megabytes - start
            if report.peakMegabytes > Self.maximumMegabytes {
                addFinding("memory grew by \(Int(report.peakMegabytes)) MB", index, target, &report)
                break
            }
        }
        report.seconds = (clock.now - startTime) / .seconds(1)
        return report
    }

    private func execute<Target: FuzzTarget>(
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
        case .failure(let error)?: addFinding("\(error)", index, target, &report)
        case nil: break
        }
        return time
    }

    private func addFinding<Target: FuzzTarget>(
        _ words: String,
        _ index: UInt64,
        _ target: Target,
        _ report: inout TargetReport
    ) {
        guard report.findings.last?.index != index else { return }
        report.findings.append(
            Finding(index: index, words: words, input: target.description(of: input(index, of: target)))
        )
    }
}
