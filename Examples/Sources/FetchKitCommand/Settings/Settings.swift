package import FetchCore
package import Foundation

/// The settings of the user and of the project, with what a project's file may not do already refused.
///
/// A project's file may come from anyone, for example with a cloned repository. So it can't run a command, and the keys
/// of its owner aren't sent where it says: a provider for which it names a server or a manifest has only the key that
/// the project brings in its `key_file`.
package struct Settings: Sendable {
    /// The settings of the user.
    package var user = SettingsFile()
    /// The settings of the project.
    package var project = SettingsFile()
    /// The keys that the project brings, by the names of environment variables.
    package private(set) var projectKeys: [String: String] = [:]

    /// Reads the settings.
    ///
    /// - Parameters:
    ///   - folders: The folders of the user.
    ///   - directory: The folder of the project, which is the current directory.
    /// - Throws: ``UsageError`` if a file is invalid, or if the project's file does what it may not.
    package init(_ folders: UserFolders, project directory: URL) throws {
        if let folder = folders.configuration { user = try SettingsFile(folder.appending(path: "config.json")) }
        let file = directory.appending(path: ".fetchkit.json")
        project = try SettingsFile(file)
        if let path = project.keyFile { projectKeys = try KeyFile.variables(in: URL(filePath: path)) }
        if let provider = project.keyCommands.keys.min() {
            throw UsageError(
                "\(file.lastPathComponent): key_command: a project's file can't run a command for \(provider). "
                    + "Move it to your own config.json."
            )
        }
        for provider in project.baseURLs.keys.sorted() where !bringsKey(of: provider) {
            throw UsageError(
                "\(file.lastPathComponent): base_url: your key of \(provider) would be sent to another server. "
                    + "Bring a key in the project's key_file, or pass --base-url."
            )
        }
    }

    /// Returns true if the project brings the key of a provider.
    package func bringsKey(of provider: ProviderID) -> Bool {
        projectKeys[Credentials.variable(for: provider)] != nil
    }

    /// Throws if an endpoint of the project's manifests would receive a key that the project doesn't bring.
    ///
    /// - Parameter endpoint: An endpoint of a manifest that the project's file names.
    /// - Throws: ``UsageError``.
    package func checkProjectEndpoint(_ endpoint: some FetchEndpoint) throws {
        guard endpoint.authorization != .none, !bringsKey(of: endpoint.provider) else { return }
        throw UsageError(
            ".fetchkit.json: manifests: \(endpoint.name) would receive your key of \(endpoint.provider). "
                + "Bring a key in the project's key_file, or pass the manifest with --manifest."
        )
    }
}
