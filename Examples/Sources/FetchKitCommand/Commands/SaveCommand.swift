import ArgumentParser

/// Waits until jobs have ended, and saves their outputs.
struct SaveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "save",
        abstract: "Wait until jobs have ended, and save their outputs.",
        usage: "fetchkit save <job> ... --into <folder> [<options>]"
    )

    @OptionGroup var arguments: JobArguments

    @Option(help: ArgumentHelp("The folder, created if it doesn't exist.", valueName: "folder"))
    var into: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var end: EndOptions

    func run() async throws {
        try await PollingCommand(connection, output, end.rule).save(arguments.jobs, into: into)
    }
}
