import ArgumentParser
import FetchCore
import FetchManifest
import Foundation

/// The parsed command line, with its help text.
struct Arguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quickstart",
        abstract: "Polls queued jobs and prints their outputs.",
        usage: """
            quickstart [--save <folder>] [--json]
            quickstart <job> ... [--manifest <file>] ... [--base-url <url>] [--timeout <seconds>] [--save <folder>] [--json]
            """,
        discussion: """
            Without a job, quickstart polls four jobs of a simulated ModelsLab on this
            machine. That needs no account.

            A job is written as the name of an endpoint, a colon and the id:
              modelslab.faceswap:123
              modelslab.video:123
              modelslab.deepfake:123
              modelslab.enterprise.facegen:ab-1

            The keys are read from environment variables: MODELSLAB_API_KEY, and
            MODELSLAB_ENTERPRISE_API_KEY for modelslab.enterprise. They are sent only to
            the provider, or to the server of --base-url, and are never printed.

            --manifest adds another provider: it registers the endpoint that a JSON
            document describes. Its key is read from the variable with the provider's
            name, such as EXAMPLE_API_KEY. See Documentation/Manifests.md for the format
            and Examples/Manifests for manifests.

            --save downloads the outputs of each job that succeeds, and names the files by
            endpoint, id and number. A file is there when it is whole, and not before.

            With --json each update and each result is one line with these keys:
              job        the job as given on the command line
              state      pending, succeeded, failed or error; with --save, then saved
                         or error
              eta        the server's estimate of the remaining seconds, or null
              outputs    an array, mostly of links, or of the paths of saved files
              message    the server's message or the description of an error, or null
              error      the error code, such as unauthorized, or null
              retryable  whether a retry can succeed, or null

            Exit status:
              0  all jobs succeeded
              1  a job failed
              2  the command line or a manifest is invalid; nothing was sent
              3  a key is missing or was rejected
              4  a job didn't end before its timeout
              5  any other error
              6  an output couldn't be saved
            If several apply, the first of 3, 1, 4, 6, 5 is used.
            """
    )

    @Argument(help: ArgumentHelp("The jobs to poll, each as endpoint:id.", valueName: "job"))
    var jobs: [String] = []

    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp(
            "Also register the endpoint of this manifest. Can be repeated.",
            valueName: "file"
        )
    )
    var manifests: [String] = []

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp(
            "Send the requests to this server. It replaces scheme, host and port; paths stay the same.",
            valueName: "url"
        )
    )
    var baseURL: String?

    @Option(
        name: .customLong("timeout"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "The time limit for each job in seconds, such as 90 or 0.5. (default: 600)",
            valueName: "seconds"
        )
    )
    var timeout: Double?

    @Option(
        name: .customLong("save"),
        help: ArgumentHelp(
            "Save the outputs of the jobs in this folder, which is created if it doesn't exist.",
            valueName: "folder"
        )
    )
    var save: String?

    @Flag(name: .customLong("json"), help: "Print one JSON object per line, and nothing else.")
    var isJSON = false

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout.isFinite) {
            throw ValidationError("--timeout takes a number of seconds greater than zero.")
        }
        if !manifests.isEmpty, jobs.isEmpty {
            throw ValidationError("--manifest needs a job: the simulation covers only ModelsLab.")
        }
        if baseURL != nil, jobs.isEmpty {
            throw ValidationError("--base-url needs a job: the simulation has its own server.")
        }
    }
}

extension Arguments {
    /// The output format: text for a person, or JSON for a program.
    enum Format {
        case text, json
    }

    var format: Format { isJSON ? .json : .text }

    /// The default polling policy, with the deadline from `--timeout`.
    var policy: PollingPolicy {
        var policy = PollingPolicy()
        // `Duration.seconds` traps on large values.
        if let timeout { policy.deadline = .seconds(min(timeout, 1e9)) }
        return policy
    }

    /// Returns a registry with the endpoints of ModelsLab and of the manifests.
    func registry() throws -> EndpointRegistry {
        var registry = try EndpointRegistry.modelsLab()
        let loaded: EndpointManifests
        do throws(ManifestError) {
            loaded = try EndpointManifests(contentsOf: manifests.map { URL(filePath: $0) })
        } catch {
            throw ManifestRegistrationError(message: error.description)
        }
        for manifest in loaded.manifests {
            do throws(FetchError) {
                try registry.register(manifest)
            } catch {
                throw ManifestRegistrationError(message: "\(manifest.file): \(error)".printable)
            }
        }
        return registry
    }

    /// Returns the jobs without duplicates, in the order of the command line.
    ///
    /// All jobs are validated before the first request.
    func references(in registry: EndpointRegistry) throws -> [JobReference] {
        var references: [JobReference] = []
        for job in jobs {
            do throws(FetchError) {
                let reference = try registry.job(job)
                if !references.contains(reference) { references.append(reference) }
            } catch {
                throw ValidationError(error.description.printable)
            }
        }
        return references
    }

    /// Returns the origins that replace those of the providers. Empty without `--base-url`.
    func origins(for providers: [ProviderID]) throws -> [ProviderID: Origin] {
        guard let origin = try baseOrigin() else { return [:] }
        return Dictionary(uniqueKeysWithValues: providers.map { ($0, origin) })
    }

    /// Returns the origin of `--base-url`. `nil` without the option.
    func baseOrigin() throws -> Origin? {
        guard let baseURL else { return nil }
        // The error doesn't repeat the string: it may contain a password.
        guard let url = URL(string: baseURL) else { throw ValidationError("--base-url is not a URL.") }
        let origin: Origin
        do throws(FetchError) {
            origin = try Origin(of: url)
        } catch {
            throw ValidationError("--base-url: \(error.description.printable)")
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw ValidationError("--base-url: \(origin) would receive the key in plain text. Use https.")
        }
        return origin
    }

    /// Returns the folder of `--save`, which is created if it doesn't exist. `nil` without the option.
    ///
    /// - Parameters:
    ///   - transport: Downloads the files.
    ///   - server: A server from which files are downloaded although its address is private.
    /// - Returns: The folder.
    /// - Throws: `ValidationError` if it can't be created.
    func folder(_ transport: any StreamingTransport, trusting server: Origin?) throws -> OutputFolder? {
        guard let save else { return nil }
        do {
            return try OutputFolder(save, transport: transport, trusting: server)
        } catch {
            throw ValidationError("--save: \(save.printable) can't be created as a folder.")
        }
    }
}
