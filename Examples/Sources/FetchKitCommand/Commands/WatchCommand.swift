import ArgumentParser

/// Waits until jobs have ended, and prints every change.
struct WatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: "Wait until jobs have ended; print every change.",
        usage: "fetchkit watch <job> ... [<options>]"
    )

    @OptionGroup var arguments: JobArguments
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var end: EndOptions

    func run() async throws {
        try await PollingCommand(connection, output, end.rule).watch(arguments.jobs)
    }
}
