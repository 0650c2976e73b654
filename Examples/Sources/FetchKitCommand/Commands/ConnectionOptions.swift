import ArgumentParser
import FetchCore
import Foundation

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
        transform: TimeLimit.init
    )
    var timeout: TimeLimit?

    @Option(
        name: .customLong("limit"),
        parsing: .unconditional,
        help: ArgumentHelp("The most requests a second.", valueName: "n")
    )
    var limit: Double?

    @Flag(name: [.customShort("v"), .customLong("verbose")], help: "Print each request on standard error.")
    var isVerbose = false

    func validate() throws {
        if let limit, !(limit > 0 && limit.isFinite) {
            throw ValidationError("--limit takes a number greater than zero.")
        }
    }
}

extension ConnectionOptions {
    /// The default polling policy, with the deadline from `--timeout`.
    var policy: PollingPolicy { PollingPolicy(deadline: timeout?.duration) }

    /// The limits of each provider, with the rate from `--limit`.
    var limits: FetchLimits { FetchLimits(requestsPerSecond: limit) }

    /// Returns the origin of `--base-url`. `nil` without the option.
    ///
    /// - Throws: ``UsageError`` if it isn't the URL of a server, or would receive the key in plain text.
    func baseOrigin() throws -> Origin? {
        guard let baseURL else { return nil }
        // The error doesn't repeat the string: it may contain a password.
        guard let url = URL(string: baseURL) else { throw UsageError("--base-url is not a URL.") }
        let origin: Origin
        do throws(FetchError) {
            origin = try Origin(of: url)
        } catch {
            throw UsageError("--base-url: \(error.description.printable)")
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw UsageError("--base-url: \(origin) would receive the key in plain text. Use https.")
        }
        return origin
    }
}
