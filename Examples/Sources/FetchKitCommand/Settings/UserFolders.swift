package import Foundation

/// The folders of a user for files of the command.
package struct UserFolders: Sendable {
    /// The folder for settings and keys. `nil` if the user has no home folder.
    package let configuration: URL?
    /// The folder for what is learned. `nil` if the user has no home folder.
    package let state: URL?

    /// Returns the folders of an environment.
    package init(_ environment: [String: String]) {
        let home = environment["HOME"].flatMap { $0.isEmpty ? nil : URL(filePath: $0, directoryHint: .isDirectory) }
        func folder(_ variable: String, _ path: String) -> URL? {
            // A relative path in these variables is invalid, and ignored.
            let own = environment[variable].flatMap { $0.hasPrefix("/") ? URL(filePath: $0) : nil }
            return own?.appending(path: "fetchkit") ?? home?.appending(path: path).appending(path: "fetchkit")
        }
        configuration = folder("XDG_CONFIG_HOME", ".config")
        #if os(macOS)
            state = home?.appending(path: "Library/Application Support/fetchkit")
        #else
            state = folder("XDG_STATE_HOME", ".local/state")
        #endif
    }

    /// The folders of the process.
    package static let current = Self(ProcessInfo.processInfo.environment)
}
