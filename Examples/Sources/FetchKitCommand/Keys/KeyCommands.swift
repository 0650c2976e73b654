import FetchCore
import Foundation
import Synchronization

/// The commands of the user's configuration that print keys, each of which is run when its key is first needed.
final class KeyCommands: Sendable {
    private let commands: [ProviderID: String]
    private let keys = Mutex<[ProviderID: APIKey]>([:])

    /// - Parameter commands: The shell commands by provider.
    init(_ commands: [ProviderID: String]) { self.commands = commands }

    /// Returns the key of a provider. It blocks while the command runs.
    ///
    /// - Parameters:
    ///   - provider: The provider.
    ///   - refused: The key that the provider has refused, after which the command is run again.
    /// - Returns: The key. `nil` if there is no command.
    /// - Throws: `FetchError` with the code `credentialsUnavailable` if the command fails.
    func key(of provider: ProviderID, replacing refused: APIKey?) throws -> APIKey? {
        guard let command = commands[provider] else { return nil }
        return try keys.withLock { keys in
            if let key = keys[provider], key != refused { return key }
            let key = APIKey(try Self.output(of: command, for: provider))
            keys[provider] = key
            return key
        }
    }

    /// Returns the first line that a command prints.
    private static func output(of command: String, for provider: ProviderID) throws -> String {
        guard let stream = popen(command, "r") else { throw failure(of: provider, "can't be started") }
        var output: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 4_096)
        while case let count = fread(&block, 1, block.count, stream), count > 0 { output += block.prefix(count) }
        let status = pclose(stream)
        guard status == 0 else { throw failure(of: provider, "has failed") }
        let line = String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).first
        guard let line else { throw failure(of: provider, "printed nothing") }
        return String(line)
    }

    private static func failure(of provider: ProviderID, _ problem: String) -> FetchError {
        FetchError(
            .credentialsUnavailable,
            "the key_command of \(provider) \(problem)",
            remedy: "Run the command of your config.json by itself: it must print the key.",
            isRetryable: false
        )
    }
}
