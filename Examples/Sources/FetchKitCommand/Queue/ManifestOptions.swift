import ArgumentParser
import FetchCore

/// The option for further endpoints, of commands that don't poll.
struct ManifestOptions: ParsableArguments {
    @Option(
        name: .customLong("manifest"),
        help: ArgumentHelp("Also register this endpoint. Can be repeated.", valueName: "file")
    )
    var manifests: [String] = []

    /// Returns the endpoints of ModelsLab, of the settings and of the option.
    ///
    /// - Throws: ``UsageError`` if a manifest or a settings file is invalid.
    func registry() throws -> EndpointRegistry {
        var options = try ConnectionOptions.parse([])
        options.manifests = manifests
        return try ConnectionSetup(options).registry
    }
}
