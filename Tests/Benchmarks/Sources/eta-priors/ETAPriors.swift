import ArgumentParser
import FetchCore
import Foundation
import PollingCosts
import TestSupport

/// A benchmark of the default prior for jobs with an ETA against other priors.
@main
struct ETAPriors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eta-priors",
        abstract: "Compares priors for jobs with an ETA, without learned durations."
    )

    @Argument(
        help: ArgumentHelp("CSV files with the columns duration_s,eta_s and one job per row.", valueName: "trace")
    )
    var traces: [String] = []

    @Option(help: ArgumentHelp("The number of random priors.", valueName: "N"))
    var random = 200

    @Option(help: ArgumentHelp("The seed of the random priors.", valueName: "S"))
    var seed: UInt64 = 1

    func validate() throws {
        if random < 0 { throw ValidationError("--random must not be negative.") }
    }

    mutating func run() throws {
        let traces = try traces.map { try Trace(file: $0) }.compactMap { EndpointKind($0) }
        let shipped = PriorScore("default", LeastCostSchedule(), traces: traces)
        print(shipped.json)
        for (name, prior) in Self.others {
            print(PriorScore("\(name): \(prior.description)", try prior.schedule(), traces: traces).json)
        }
        var generator = SplitMix64(seed: seed)
        var drawn: [PriorScore] = []
        for _ in 0..<random {
            let prior = ETAPrior(random: &generator)
            drawn.append(PriorScore(prior.description, try prior.schedule(), traces: traces))
        }
        drawn.sort { $0.quadraticMean < $1.quadraticMean }
        for score in drawn { print(score.json) }
        for line in shipped.leavingOneOut(of: drawn) { print(line) }
    }

    /// The default prior as a mixture, which validates the measurement of the others, and priors that were considered.
    private static let others: [(name: String, prior: ETAPrior)] = [
        ("default", ETAPrior(.init(0.5, median: 1, shape: 2), .init(0.5, median: 1.0 / 3, shape: 2))),
        ("narrow", ETAPrior(.init(0.75, median: 1, shape: 4.5), .init(0.25, median: 1, shape: 1.3))),
        ("single", ETAPrior(.init(1, median: 0.6, shape: 1.6))),
        ("estimate and tail", ETAPrior(.init(0.5, median: 1.1, shape: 3), .init(0.5, median: 0.5, shape: 1.3))),
        ("early and tail", ETAPrior(.init(0.3, median: 0.7, shape: 3), .init(0.7, median: 1, shape: 1.3))),
    ]
}
