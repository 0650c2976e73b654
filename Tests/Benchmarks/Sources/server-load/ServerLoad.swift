import ArgumentParser

/// A benchmark of FetchKit and other HTTP clients under load.
@main
struct ServerLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server-load",
        abstract: "Compares FetchKit with other HTTP clients under load.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table.

            Every client and the server run in their own processes. All clients send the same
            request over persistent connections and decode the same response.
            """,
        subcommands: [MeasureCommand.self, ServeCommand.self, ClientCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
