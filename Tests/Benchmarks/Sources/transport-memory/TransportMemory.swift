import ArgumentParser

/// A benchmark of the memory growth of a process that polls over curl.
@main
struct TransportMemory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "transport-memory",
        abstract: "Measures the memory growth of a process that polls over curl.",
        discussion: """
            Standard output has one JSON object for each kind of URL, standard error a table.

            The server runs in a second process. Every poll has a different id, so that memory that is kept
            for each URL shows.
            """,
        subcommands: [MeasureCommand.self, ServeCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
