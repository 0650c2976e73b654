import ArgumentParser

/// The options for endpoints, servers and requests, which all commands that poll have.
struct ConnectionOptions: ParsableArguments {
    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp("Also register this endpoint. Can be repeated.", valueName: "file")
    )
    var manifests: [String] = []

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp("Send the requests to this server.", valueName: "url")
    )
    var baseURL: String?

    @Option(
        name: .customLong("timeout"),
        parsing: .unconditional,
        help: ArgumentHelp("Limit per job: 90, 90s, 15m, 2h. (default: 10m)", valueName: "time"),
        transform: { try TimeLimit($0) }
    )
    var timeout: TimeLimit?

    @Option(
        name: .customLong("limit"),
        parsing: .unconditional,
        help: ArgumentHelp("The most requests a second.", valueName: "n")
    )
    var limit: Double?

    @Option(
        name: .customLong("key-file"),
        help: ArgumentHelp("Read keys from lines such as EXAMPLE_API_KEY=sk-1.", valueName: "file")
    )
    var keyFile: String?

    @Flag(name: .customLong("no-learn"), help: "Neither use nor store how long jobs took.")
    var isNotLearning = false

    @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Print each request on standard error.")
    var isVerbose = false

    func validate() throws {
        if let limit, !(limit > 0 && limit.isFinite) {
            throw ValidationError("--limit takes a number greater than zero.")
        }
    }
}
