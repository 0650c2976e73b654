import ArgumentParser
import FetchCore
import FetchManifest
import Foundation

/// The command line.
struct Arguments: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quickstart",
        abstract: "Waits for queued jobs and prints what they yield.",
        usage: """
            quickstart [--json]
            quickstart <job> ... [--manifest <file>] ... [--base-url <url>] [--timeout <seconds>] [--json]
            """,
        discussion: """
            Without a job, four jobs of a simulated ModelsLab on this machine are polled;
            no account is needed.

            A job is the name of an endpoint, a colon and the id:
              modelslab.faceswap:123
              modelslab.video:123
              modelslab.deepfake:123
              modelslab.enterprise.facegen:ab-1

            The keys come from the environment: MODELSLAB_API_KEY, and for
            modelslab.enterprise MODELSLAB_ENTERPRISE_API_KEY. They are sent to the
            provider, or to the server of --base-url, and shown nowhere.

            Jobs of other providers can be asked for too: --manifest registers the
            endpoint that a JSON document describes, and takes its key from the variable
            that is named after the provider, such as EXAMPLE_API_KEY. The format is in
            Documentation/Manifests.md, and manifests are in Examples/Manifests.

            With --json each update and each result is one line with these keys:
              job        as it was named
              state      pending, succeeded, failed or error
              eta        seconds that the server thinks the job still takes, or null
              outputs    a list, mostly of links
              message    what the server said or what went wrong, or null
              error      what kind of thing went wrong, such as unauthorized, or null
              retryable  whether asking again can help, or null

            Exit status:
              0  all jobs succeeded
              1  a job failed
              2  the command line or a manifest makes no sense; nothing was sent
              3  a key is missing or was refused
              4  a job wasn't ready in time
              5  anything else
            Where several apply, the first of 3, 1, 4, 5 is taken.
            """
    )

    @Argument(help: ArgumentHelp("The jobs to wait for, each as endpoint:id.", valueName: "job"))
    var jobs: [String] = []

    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp(
            "Register the endpoint that this file describes as well. May be given several times.",
            valueName: "file"
        )
    )
    var manifests: [String] = []

    @Option(
        name: .customLong("base-url"),
        help: ArgumentHelp(
            "Ask this server instead. Only scheme, host and port are taken from it; paths stay as they are.",
            valueName: "url"
        )
    )
    var baseURL: String?

    @Option(
        name: .customLong("timeout"),
        parsing: .unconditional,
        help: ArgumentHelp(
            "How many seconds to wait for each job, such as 90 or 0.5. (default: 600)",
            valueName: "seconds"
        )
    )
    var timeout: Double?

    @Flag(name: .customLong("json"), help: "Print one JSON object a line, and nothing else.")
    var isJSON = false

    func validate() throws {
        if let timeout, !(timeout > 0 && timeout.isFinite) {
            throw ValidationError("--timeout takes a number of seconds greater than zero.")
        }
        if !manifests.isEmpty, jobs.isEmpty {
            throw ValidationError("--manifest needs a job: the simulated jobs are ModelsLab's.")
        }
        if baseURL != nil, jobs.isEmpty {
            throw ValidationError("--base-url needs a job: the simulated jobs are on this machine.")
        }
    }
}

extension Arguments {
    /// How to show what happens.
    enum Format {
        case people, json
    }

    var format: Format { isJSON ? .json : .people }

    /// How long to wait for each job.
    var policy: PollingPolicy {
        var policy = PollingPolicy()
        if let deadline = timeout.flatMap(Duration.init(clampingSeconds:)) { policy.deadline = deadline }
        return policy
    }

    /// Everything that can be asked for by name: ModelsLab's endpoints and those of the manifests.
    func registry() throws -> EndpointRegistry {
        var registry = try EndpointRegistry.modelsLab()
        let described: EndpointManifests
        do throws(ManifestError) {
            described = try EndpointManifests(contentsOf: manifests.map { URL(filePath: $0) })
        } catch {
            throw UnusableManifest(message: error.description)
        }
        for manifest in described.manifests {
            do throws(FetchError) {
                try registry.register(manifest)
            } catch {
                throw UnusableManifest(message: "\(manifest.file): \(error)".printable)
            }
        }
        return registry
    }

    /// The jobs, each once, in the order in which they were named.
    ///
    /// All are checked before the first is asked about.
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

    /// Where the requests go, if not to the providers themselves.
    func origins(for providers: [ProviderID]) throws -> [ProviderID: Origin] {
        guard let baseURL else { return [:] }
        // The text itself isn't repeated in an error: it may hold a password.
        guard let url = URL(string: baseURL) else { throw ValidationError("--base-url is not a URL.") }
        let origin: Origin
        do throws(FetchError) {
            origin = try Origin(of: url)
        } catch {
            throw ValidationError("--base-url: \(error.description.printable)")
        }
        guard origin.scheme == "https" || origin.isLoopback else {
            throw ValidationError("--base-url: \(origin) would get the key in plain text. Use https.")
        }
        return Dictionary(uniqueKeysWithValues: providers.map { ($0, origin) })
    }
}
