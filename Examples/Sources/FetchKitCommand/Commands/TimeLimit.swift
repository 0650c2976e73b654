import ArgumentParser

/// A time limit on the command line: seconds, or a number with `s`, `m` or `h`.
package struct TimeLimit: Sendable, Hashable {
    /// The length of the time.
    package let duration: Duration

    /// Parses a time limit.
    ///
    /// - Parameter text: A positive number with a unit, such as `90`, `0.5s`, `15m` or `2h`.
    /// - Throws: `ValidationError` if the string is something else.
    package init(_ text: String) throws {
        let units: [Character: Double] = ["s": 1, "m": 60, "h": 3_600]
        let unit = text.last.flatMap { units[$0] }
        guard let number = Double(unit == nil ? text : String(text.dropLast())) else {
            throw ValidationError("\(text) isn't a time such as 90, 90s, 15m or 2h.")
        }
        guard number > 0, number.isFinite else {
            throw ValidationError("--timeout takes a time greater than zero, such as 90, 90s, 15m or 2h.")
        }
        // `Duration.seconds` traps on large values.
        duration = .seconds(min(number * (unit ?? 1), 1e9))
    }

    /// Parses a time limit of a variable or a file.
    ///
    /// - Parameter text: A positive number with a unit.
    /// - Throws: ``UsageError`` if the string is something else.
    init(setting text: String) throws {
        do {
            try self.init(text)
        } catch {
            throw UsageError("timeout: \(text.printable) isn't a time such as 90, 90s, 15m or 2h.")
        }
    }
}
