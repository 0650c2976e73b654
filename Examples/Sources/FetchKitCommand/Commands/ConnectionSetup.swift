import FetchCore
import FetchManifest
import Foundation

/// What the options, the environment and the settings say about a client. Earlier ones take precedence.
struct ConnectionSetup {
    let registry: EndpointRegistry
    let keys: KeySources
    let policy: PollingPolicy
    let limits: FetchLimits
    /// The store of `fetchkit queue`, by the environment or the settings. `nil` if neither names one.
    let store: String?
    /// The servers that replace those of the providers.
    let origins: [ProviderID: Origin]
    /// The server of `--base-url`. `nil` without it.
    let server: Origin?

    /// Reads the settings, and all files that the options and the settings name.
    ///
    /// - Parameter options: The options of the command.
    /// - Throws: ``UsageError`` if an option, a variable or a file is invalid, or if the project's file does what it may
    ///   not.
    init(_ options: ConnectionOptions) throws {
        let directory = URL(filePath: FileManager.default.currentDirectoryPath, directoryHint: .isDirectory)
        let settings = try Settings(.current, project: directory)
        let environment = ProcessInfo.processInfo.environment
        var registry = try EndpointRegistry.modelsLab(and: settings.user.manifests + options.manifests)
        let project = try registry.register(manifests: settings.project.manifests)
        for endpoint in project { try settings.checkProjectEndpoint(endpoint) }
        self.registry = registry
        keys = try KeySources(
            keyFile: options.keyFile,
            settings,
            projectProviders: Set(project.map { $0.provider })
        )
        let timeout = environment["FETCHKIT_TIMEOUT"] ?? settings.project.timeout ?? settings.user.timeout
        policy = PollingPolicy(
            deadline: try options.timeout?.duration ?? timeout.map { try TimeLimit(setting: $0).duration }
        )
        limits = FetchLimits(
            requestsPerSecond: options.limit ?? settings.project.limit ?? settings.user.limit
        )
        store = environment["FETCHKIT_STORE"] ?? settings.project.store ?? settings.user.store
        server = try options.baseURL.map { try Origin(base: $0, named: "--base-url") }
        var origins = try settings.user.baseURLs.merging(settings.project.baseURLs) { $1 }.mapValues {
            try Origin(base: $0, named: "base_url")
        }
        if let server { for provider in registry.providers { origins[provider] = server } }
        self.origins = origins
    }
}

extension Origin {
    /// Creates the origin of a server that replaces those of providers.
    ///
    /// - Parameters:
    ///   - text: The URL of the server.
    ///   - name: The name of the option or setting.
    /// - Throws: ``UsageError`` if it isn't the URL of a server, or would receive the key in plain text.
    fileprivate init(base text: String, named name: String) throws {
        // The error doesn't repeat the string: it may contain a password.
        guard let url = URL(string: text) else { throw UsageError("\(name) is not a URL.") }
        do throws(FetchError) {
            try self.init(of: url)
        } catch {
            throw UsageError("\(name): \(error.description.printable)")
        }
        guard scheme == "https" || isLoopback else {
            throw UsageError("\(name): \(self) would receive the key in plain text. Use https.")
        }
    }
}
