package import FetchCore
import Logging

/// A limit for the lines of an account that say the same: some in a minute, and the number of the others with the next.
///
/// If a key is refused or a provider is down, a client with a million jobs has as many lines to write.
package struct LogRateLimit {
    /// The lines that are counted together.
    package struct Key: Hashable, Sendable {
        private let provider: ProviderID?
        private let account: AccountID?
        private let kind: String

        /// Creates a key.
        ///
        /// - Parameters:
        ///   - provider: The provider. Defaults to none.
        ///   - account: The account. Defaults to none.
        ///   - kind: The message and the code of the error.
        package init(provider: ProviderID? = nil, account: AccountID? = nil, kind: String) {
            self.provider = provider
            self.account = account
            self.kind = kind
        }
    }

    private struct Window {
        var beginning: Duration
        var written: Int
        /// The last line that wasn't written, and their number.
        var suppressed: LogEntry?
        var count = 0
    }

    private static let window = Duration.seconds(60)

    private let maximumKeys: Int
    private var windows: [Key: Window] = [:]

    /// Creates a limit.
    ///
    /// - Parameter maximumKeys: The greatest number of keys that have a limit of their own. All others share one.
    package init(maximumKeys: Int = 10_000) { self.maximumKeys = maximumKeys }

    /// Returns the line to write, with the number of lines that it stands for.
    ///
    /// - Parameters:
    ///   - entry: The line.
    ///   - key: The lines that it is counted with.
    ///   - burst: The greatest number of such lines in a minute.
    ///   - time: The time of the line.
    /// - Returns: The line; `nil` if it is only counted.
    package mutating func admit(_ entry: LogEntry, _ key: Key, burst: Int, at time: Duration) -> LogEntry? {
        var key = key
        if windows[key] == nil, windows.count >= maximumKeys { key = Key(kind: "other") }
        var window = windows[key] ?? Window(beginning: time, written: 0)
        let earlier = window.count
        if time - window.beginning >= Self.window { window = Window(beginning: time, written: 0, count: earlier) }
        defer { windows[key] = window }
        guard window.written < max(burst, 1) else {
            window.suppressed = entry
            window.count += 1
            return nil
        }
        window.written += 1
        window.suppressed = nil
        window.count = 0
        return entry.standing(for: earlier + 1)
    }

    /// Removes the lines that were only counted in minutes that are over.
    ///
    /// - Parameter time: The current time. `nil` if nothing comes any more, so that all minutes are over.
    /// - Returns: The lines that stand for them.
    package mutating func takeCounted(at time: Duration?) -> [LogEntry] {
        var entries: [LogEntry] = []
        for (key, window) in windows {
            if let time, time - window.beginning < Self.window { continue }
            if let entry = window.suppressed {
                entries.append(entry.standing(for: window.count))
            }
            // The line counts as the first ones of the next minute.
            windows[key] = window.suppressed.flatMap { _ in time.map { Window(beginning: $0, written: .max) } }
        }
        return entries
    }
}

extension LogEntry {
    fileprivate func standing(for count: Int) -> LogEntry {
        guard count > 1 else { return self }
        var entry = self
        entry.metadata["fetch.count"] = "\(count)"
        return entry
    }
}
