import ArgumentParser

/// A benchmark of downloads beside the command line tool curl.
@main
struct DownloadsBenchmark: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "downloads",
        abstract: "Compares downloads into files with the command line tool curl.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table.

            The server, each download and each curl run in their own processes. Times are those of whole processes,
            from their start to their end.
            """,
        subcommands: [MeasureCommand.self, SaveCommand.self, ServeCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
