import ArgumentParser
import PollingCosts

/// The command line arguments.
struct Arguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("CSV files with the columns duration_s,eta_s and one job per row.", valueName: "trace")
    )
    var traces: [String]

    @Flag(
        name: .customLong("warm"),
        help: "Learn from all jobs, and score those after the first 500."
    )
    var isWarm = false

    @Option(
        name: .customLong("first"),
        help: ArgumentHelp(
            "Learn and score in runs of this number of jobs. Each run starts without learned durations.",
            valueName: "jobs"
        )
    )
    var first: Int?

    var mode: ScoringMode {
        if let first { return .first(first) }
        return isWarm ? .warm : .cold
    }

    mutating func validate() throws {
        if isWarm, first != nil { throw ValidationError("--warm and --first can't be combined.") }
        if let first, first < 1 { throw ValidationError("--first must be at least 1.") }
    }
}
