import ArgumentParser
import FetchCore

/// Stores keys, and shows where they come from.
struct KeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Store keys, or show where they come from.",
        subcommands: [SetCommand.self, ShowCommand.self, ForgetCommand.self]
    )

    struct SetCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set",
            abstract: "Store a key, which is read from the prompt or standard input."
        )

        @Argument(help: ArgumentHelp("The provider, such as modelslab.", valueName: "provider"))
        var provider: String

        func run() throws {
            let provider = try KeysCommand.provider(provider)
            try KeysCommand.set(KeyPrompt.key(of: provider.rawValue), of: provider)
        }
    }

    struct ForgetCommand: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "forget", abstract: "Remove a stored key.")

        @Argument(help: ArgumentHelp("The provider, such as modelslab.", valueName: "provider"))
        var provider: String

        func run() throws {
            let provider = try KeysCommand.provider(provider)
            guard try KeysCommand.set(nil, of: provider) else {
                throw UsageError("no key of \(provider) is stored.")
            }
        }
    }

    struct ShowCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "Show where the key of each provider comes from, but no key.",
            usage: "fetchkit keys show [<options>]"
        )

        @OptionGroup var connection: ConnectionOptions

        func run() throws {
            let setup = try ConnectionSetup(connection)
            let keys = try setup.keys.keys(of: setup.registry.providers)
            for provider in setup.registry.providers {
                let source = keys[provider].map { Self.words(for: $0.source, of: provider) }
                Console.print("\(provider)  \(source ?? "no key: set \(Credentials.variable(for: provider))")")
            }
        }

        private static func words(for source: KeySources.Source, of provider: ProviderID) -> String {
            switch source {
            case .environment: "environment variable \(Credentials.variable(for: provider))"
            case .keyFile: "key file"
            case .storedKeys: "keys.json"
            case .keychain: "keychain"
            case .command: "key_command"
            case .project: "key file of the project"
            }
        }
    }

    private static func provider(_ text: String) throws -> ProviderID {
        do throws(FetchError) {
            return try ProviderID(text)
        } catch {
            throw UsageError(error.description.printable)
        }
    }

    @discardableResult
    private static func set(_ key: String?, of provider: ProviderID) throws -> Bool {
        #if os(macOS)
            return try Keychain.set(key, of: provider)
        #else
            guard let folder = UserFolders.current.configuration else {
                throw UsageError("there is no home folder to store keys in: HOME isn't set.")
            }
            return try StoredKeys(in: folder).set(key, of: provider)
        #endif
    }
}
