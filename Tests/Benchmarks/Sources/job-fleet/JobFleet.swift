import ArgumentParser

/// Workers in processes of their own that are killed and suspended at random, and a comparison of what they have done
/// with the books of their provider.
@main
struct JobFleet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "job-fleet",
        abstract: "Kills and suspends workers that share a store, and checks that nothing is lost or recorded twice.",
        discussion: """
            Standard output has one JSON object for each seed, standard error a table. The exit status is 1 if an
            outcome is lost, recorded twice or wrong, or if the provider had more requests in flight than its limit. It
            is 2 if jobs of a dead worker were only polled too late.
            """,
        subcommands: [RunCommand.self, WorkerCommand.self, ReaderCommand.self],
        defaultSubcommand: RunCommand.self
    )
}
