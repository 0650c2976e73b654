import ArgumentParser

/// Polls jobs once, and prints their states.
struct GetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Poll each job once, and print its state.",
        usage: "fetchkit get <job> ... [<options>]"
    )

    @OptionGroup var arguments: JobArguments
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await PollingCommand(connection, output, .allJobs).get(arguments.jobs)
    }
}
