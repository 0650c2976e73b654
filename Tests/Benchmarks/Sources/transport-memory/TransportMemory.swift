import ArgumentParser

/// The growth of a process that polls over libcurl.
@main
struct TransportMemory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transport-memory",
        abstract: "Measures how much memory a process gains with each poll over libcurl.",
        discussion: """
            Standard output has one JSON object for each kind of URL, standard error a table.

            One process measures, another one responds. Every poll has an id of its own, so that nothing
            that is kept for each URL stays hidden.
            """,
        subcommands: [MeasureCommand.self, ServeCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
