import ArgumentParser
import FetchCore

/// Lists the endpoints whose jobs can be polled.
struct EndpointsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "endpoints",
        abstract: "List the endpoints whose jobs can be polled."
    )

    @Argument(help: ArgumentHelp("Show this endpoint alone.", valueName: "name"))
    var name: String?

    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp("Also register this endpoint. Can be repeated.", valueName: "file")
    )
    var manifests: [String] = []

    @OptionGroup var output: OutputOptions

    func run() throws {
        var options = try ConnectionOptions.parse([])
        options.manifests = manifests
        let registry = try ConnectionSetup(options).registry
        let names = try name.map { [try Self.endpoint($0, in: registry).name] } ?? registry.names
        for name in names {
            let listing = EndpointListing(try registry.endpoint(named: name))
            switch output.format {
            case .text: for line in listing.lines { Console.print(line) }
            case .json: Console.print(listing.json)
            case .quiet: Console.print(name.rawValue)
            }
        }
    }

    private static func endpoint(_ text: String, in registry: EndpointRegistry) throws -> any FetchEndpoint {
        do throws(FetchError) {
            return try registry.endpoint(named: EndpointName(text))
        } catch {
            throw UsageError(error.description.printable)
        }
    }
}
