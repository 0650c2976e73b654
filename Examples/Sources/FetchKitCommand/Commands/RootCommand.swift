import ArgumentParser

/// The command `fetchkit`, which only has subcommands.
struct RootCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetchkit",
        abstract: "Polls jobs of generation services until their results are there.",
        discussion: "More help: fetchkit help exit, help jobs, help json, help keys.",
        version: "0.1.0",
        subcommands: [
            DemoCommand.self, WaitCommand.self, WatchCommand.self, GetCommand.self, SaveCommand.self,
            EndpointsCommand.self, CheckCommand.self, QueueCommand.self, SchemaCommand.self, KeysCommand.self,
            CompletionsCommand.self,
        ]
    )
}
