import FetchCore
import Foundation

/// Where keys come from: the environment, `--key-file`, `keys.json`, the keychain, or a command, in this order.
struct KeySources {
    /// The source of one provider's key.
    enum Source: Equatable {
        case environment, keyFile, storedKeys, keychain, command, project
    }

    private let environment: [String: String]
    private let keyFile: [String: String]
    private let stored: StoredKeys?
    private let settings: Settings
    /// The providers whose requests the project's file directs, and which have only the project's key.
    private let projectProviders: Set<ProviderID>

    /// Reads the key file.
    ///
    /// - Parameters:
    ///   - path: The path of `--key-file`. `nil` without it.
    ///   - settings: The settings of the user and of the project.
    ///   - projectProviders: The providers of the project's manifests.
    /// - Throws: ``UsageError`` if the key file is invalid.
    init(keyFile path: String?, _ settings: Settings, projectProviders: Set<ProviderID>) throws {
        environment = ProcessInfo.processInfo.environment
        self.settings = settings
        self.projectProviders = projectProviders.union(settings.project.baseURLs.keys)
        stored = UserFolders.current.configuration.map { StoredKeys(in: $0) }
        keyFile = try (path ?? settings.user.keyFile).map { try KeyFile.variables(in: URL(filePath: $0)) } ?? [:]
    }

    /// Returns the keys that are known without a command, and the source of each.
    ///
    /// - Parameter providers: The providers.
    /// - Returns: The key and its source by provider.
    /// - Throws: ``UsageError`` if `keys.json` is needed and can't be used.
    func keys(of providers: [ProviderID]) throws -> [ProviderID: (key: String?, source: Source)] {
        var keys: [ProviderID: (key: String?, source: Source)] = [:]
        var storedKeys: [String: String]?
        for provider in providers {
            let variable = Credentials.variable(for: provider)
            if projectProviders.contains(provider) {
                keys[provider] = settings.projectKeys[variable].map { ($0, .project) }
            } else if let key = environment[variable] {
                keys[provider] = (key, .environment)
            } else if let key = keyFile[variable] {
                keys[provider] = (key, .keyFile)
            } else if let key = settings.projectKeys[variable] {
                keys[provider] = (key, .project)
            } else {
                let known = try storedKeys ?? stored?.keys() ?? [:]
                storedKeys = known
                if let key = known[provider.rawValue] {
                    keys[provider] = (key, .storedKeys)
                } else if let key = Self.keychainKey(of: provider) {
                    keys[provider] = (key, .keychain)
                } else if settings.user.keyCommands[provider] != nil {
                    keys[provider] = (nil, .command)
                }
            }
        }
        return keys
    }

    /// Returns the credentials of a client.
    ///
    /// - Parameter providers: The providers that are registered.
    /// - Returns: The credentials, whose errors name the environment variable.
    /// - Throws: ``UsageError`` if `keys.json` is needed and can't be used.
    func credentials(for providers: [ProviderID]) throws -> Credentials {
        let keys = try keys(of: providers)
        var variables: [String: String] = [:]
        for (provider, key) in keys { variables[Credentials.variable(for: provider)] = key.key }
        var credentials = Credentials.environment(variables)
        let commands = KeyCommands(settings.user.keyCommands)
        for (provider, key) in keys where key.source == .command {
            credentials = credentials.overriding(provider) { try commands.key(of: provider, replacing: $0) }
        }
        return credentials
    }

    private static func keychainKey(of provider: ProviderID) -> String? {
        #if os(macOS)
            Keychain.key(of: provider)
        #else
            nil
        #endif
    }
}
