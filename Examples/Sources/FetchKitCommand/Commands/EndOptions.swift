import ArgumentParser

/// The options that end a wait early.
struct EndOptions: ParsableArguments {
    @Flag(name: .customLong("fail-fast"), help: "End with the first job that doesn't succeed.")
    var endsWithFailure = false

    @Flag(name: .customLong("any"), help: "End with the first job that succeeds.")
    var endsWithSuccess = false

    func validate() throws {
        if endsWithFailure, endsWithSuccess { throw ValidationError("--fail-fast and --any exclude each other.") }
    }

    /// The rule by which the wait ends.
    var rule: EndRule { endsWithFailure ? .firstFailure : endsWithSuccess ? .firstSuccess : .allJobs }
}
