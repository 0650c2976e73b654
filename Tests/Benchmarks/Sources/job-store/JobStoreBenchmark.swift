import ArgumentParser

/// The costs of the stores of durable jobs.
@main
struct JobStoreBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job-store",
        abstract: "Measures stores of durable jobs, and a worker with many jobs.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table. The exit status is 1 if a
            bound is missed.
            """,
        subcommands: [
            ThroughputCommand.self, LatencyCommand.self, PollingCommand.self, ComparisonCommand.self,
        ],
        defaultSubcommand: ThroughputCommand.self
    )
}
