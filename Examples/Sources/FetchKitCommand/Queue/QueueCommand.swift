import ArgumentParser

/// Works with durable jobs in a store.
struct QueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Keep jobs in a store that survives crashes.",
        subcommands: [
            QueueAddCommand.self, QueueListCommand.self, QueueShowCommand.self, QueueCancelCommand.self,
            QueueRetryCommand.self, QueueWorkCommand.self, QueueStatsCommand.self, QueuePruneCommand.self,
        ]
    )
}
