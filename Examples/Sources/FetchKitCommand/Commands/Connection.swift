import FetchCore
import FetchDownload
import Foundation
import PlatformTransport

/// The client of a command, and what it was created from.
struct Connection {
    let client: FetchClient
    let transport: any StreamingTransport
    /// The server of `--base-url`. `nil` for the providers' own.
    let server: Origin?
    let mailbox: EventMailbox

    /// Creates the client for the options of a command.
    ///
    /// - Parameters:
    ///   - options: The options of the command.
    ///   - mailbox: Receives the client's events.
    /// - Throws: ``UsageError`` if an option or a file is invalid; `FetchError` without libcurl.
    init(_ options: ConnectionOptions, mailbox: EventMailbox) throws {
        let registry = try EndpointRegistry.modelsLab(and: options.manifests)
        server = try options.baseOrigin()
        transport = try PlatformTransport.shared()
        self.mailbox = mailbox
        var configuration = FetchClient.Configuration(policy: options.policy, limits: options.limits)
        configuration.observer = mailbox.isObserver ? mailbox : nil
        if let server {
            configuration.origins = Dictionary(uniqueKeysWithValues: registry.providers.map { ($0, server) })
        }
        client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: .environment,
            configuration: configuration
        )
    }

    /// Returns the jobs of the command line, all of which are valid.
    ///
    /// - Throws: ``UsageError`` for the first argument that isn't a job. Lines of standard input are read later.
    func jobs(_ arguments: [String]) throws -> JobSource {
        try JobSource(arguments, parser: JobParser(registry: client.registry, server: server), mailbox: mailbox)
    }
}
