import ArgumentParser

/// The cost of a request beside that of other clients, under load.
@main
struct ServerLoad: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "server-load",
        abstract: "Measures FetchKit beside other HTTP clients, as a server would use them.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table.

            Every client runs in a process of its own, and so does the server. All make the same
            request over kept connections and decode the same response.
            """,
        subcommands: [MeasureCommand.self, ServeCommand.self, ClientCommand.self],
        defaultSubcommand: MeasureCommand.self
    )
}
