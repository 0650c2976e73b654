import ArgumentParser

/// Waits until jobs have ended, and prints each as it ends.
struct WaitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wait",
        abstract: "Wait until jobs have ended; print each as it ends.",
        usage: "fetchkit wait <job> ... [<options>]"
    )

    @OptionGroup var arguments: JobArguments
    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var end: EndOptions

    func run() async throws {
        try await PollingCommand(connection, output, end.rule).wait(for: arguments.jobs)
    }
}
