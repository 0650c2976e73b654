package import FetchCore
package import Foundation

/// The settings in a JSON file: `config.json` of the user, or `.fetchkit.json` of a project.
package struct SettingsFile: Sendable, Equatable {
    /// The paths of manifests, which are relative to the file.
    package var manifests: [String] = []
    /// The time limit of a job, as on the command line.
    package var timeout: String?
    /// The most requests a second.
    package var limit: Double?
    /// The store of `fetchkit queue`.
    package var store: String?
    /// The path of a file with keys, which is relative to the file.
    package var keyFile: String?
    /// The commands that print keys, by provider.
    package var keyCommands: [ProviderID: String] = [:]
    /// The servers that replace those of providers.
    package var baseURLs: [ProviderID: String] = [:]

    /// Creates settings without values.
    package init() {}

    /// Reads a file.
    ///
    /// - Parameter file: The file. One that doesn't exist has no settings.
    /// - Throws: ``UsageError`` if it isn't an object of JSON, or has an unknown setting or one of the wrong kind.
    package init(_ file: URL) throws {
        let path = file.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return }
        let settings = try? JSONDecoder().decode([String: JSONValue].self, from: Data(contentsOf: file))
        guard let settings else { throw UsageError("\(path): isn't an object of JSON.".printable) }
        for (name, value) in settings.sorted(by: { $0.key < $1.key }) {
            do {
                try set(name, value, in: file.deletingLastPathComponent())
            } catch let problem as UsageError {
                throw UsageError("\(path): \(name): \(problem.message)".printable)
            }
        }
    }

    private mutating func set(_ name: String, _ value: JSONValue, in folder: URL) throws {
        switch name {
        case "manifests":
            guard let array = value.array else { throw UsageError("isn't a list of paths.") }
            manifests = try array.map { try Self.path(Self.string($0), in: folder) }
        case "timeout": timeout = try Self.string(value)
        case "limit":
            guard value.string == nil, let number = value.number, number > 0, number.isFinite else {
                throw UsageError("isn't a number greater than zero.")
            }
            limit = number
        case "store": store = try Self.string(value)
        case "key_file": keyFile = try Self.path(Self.string(value), in: folder)
        case "key_command": keyCommands = try Self.byProvider(value)
        case "base_url": baseURLs = try Self.byProvider(value)
        default:
            throw UsageError(
                "isn't a setting. Settings are manifests, timeout, limit, store, key_file, key_command and base_url."
            )
        }
    }

    private static func string(_ value: JSONValue) throws -> String {
        guard let string = value.string else { throw UsageError("isn't a string.") }
        return string
    }

    private static func path(_ text: String, in folder: URL) -> String {
        text.hasPrefix("/") ? text : folder.appending(path: text).path(percentEncoded: false)
    }

    private static func byProvider(_ value: JSONValue) throws -> [ProviderID: String] {
        guard let members = value.object else { throw UsageError("isn't an object with a string for each provider.") }
        return try members.reduce(into: [:]) { strings, member in
            guard let provider = ProviderID(rawValue: member.key) else {
                throw UsageError("\(member.key) isn't a provider.")
            }
            strings[provider] = try string(member.value)
        }
    }
}
