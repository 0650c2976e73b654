import ArgumentParser

/// The jobs of a command.
struct JobArguments: ParsableArguments {
    @Argument(
        help: ArgumentHelp("endpoint:id, a URL, or - for lines of standard input.", valueName: "job")
    )
    var jobs: [String]
}
