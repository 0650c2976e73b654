import ArgumentParser

/// The options for standard output.
struct OutputOptions: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @Flag(name: [.customShort("q"), .customLong("quiet")], help: "Print only jobs that succeeded, or paths.")
    var isQuiet = false

    func validate() throws {
        if isJSON, isQuiet { throw ValidationError("--json and --quiet exclude each other.") }
    }

    /// The format of standard output.
    var format: OutputFormat { isJSON ? .json : isQuiet ? .quiet : .text }
}
