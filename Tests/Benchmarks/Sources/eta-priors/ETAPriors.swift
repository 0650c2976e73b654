import ArgumentParser
import FetchCore
import Foundation
import PollingCosts

/// Measures what the first requests for jobs with an ETA cost under other priors than the default one.
@main
struct ETAPriors: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eta-priors",
        abstract: "Measures the prior for jobs with an ETA, with nothing learned."
    )

    @Argument(help: ArgumentHelp("Files of duration_s,eta_s, one job a row.", valueName: "trace"))
    var traces: [String] = []

    @Option(help: ArgumentHelp("How many other priors are drawn.", valueName: "N"))
    var random = 200

    @Option(help: ArgumentHelp("The seed they are drawn from.", valueName: "S"))
    var seed: UInt64 = 1

    func validate() throws {
        if random < 0 { throw ValidationError("--random takes a number of at least 0.") }
    }

    mutating func run() throws {
        let traces = try traces.map { try Trace(file: $0) }.compactMap { EndpointKind($0) }
        let shipped = PriorScore("default", LeastCostSchedule(), traces: traces)
        print(shipped.json)
        for (name, prior) in Self.others {
            print(PriorScore("\(name): \(prior.text)", try prior.schedule(), traces: traces).json)
        }
        var generator = SplitMix(seed: seed)
        var drawn: [PriorScore] = []
        for _ in 0..<random {
            let prior = ETAPrior(random: &generator)
            drawn.append(PriorScore(prior.text, try prior.schedule(), traces: traces))
        }
        drawn.sort { $0.quadraticMean < $1.quadraticMean }
        for score in drawn { print(score.json) }
        for line in shipped.leavingOneOut(of: drawn) { print(line) }
    }

    /// The default prior as a mixture, which checks the way in which others are measured, and priors that were considered.
    private static let others: [(name: String, prior: ETAPrior)] = [
        ("default", ETAPrior(.init(0.5, median: 1, shape: 2), .init(0.5, median: 1.0 / 3, shape: 2))),
        ("narrow", ETAPrior(.init(0.75, median: 1, shape: 4.5), .init(0.25, median: 1, shape: 1.3))),
        ("single", ETAPrior(.init(1, median: 0.6, shape: 1.6))),
        ("estimate and tail", ETAPrior(.init(0.5, median: 1.1, shape: 3), .init(0.5, median: 0.5, shape: 1.3))),
        ("early and tail", ETAPrior(.init(0.3, median: 0.7, shape: 3), .init(0.7, median: 1, shape: 1.3))),
    ]
}
