import Foundation

/// A file with keys: lines of the form `KEY=VALUE`, named like the environment variables.
enum KeyFile {
    /// Returns the keys of a file, by the names of environment variables.
    ///
    /// - Parameter file: The file. Blank lines and lines that begin with `#` are ignored, a leading `export` and quotes
    ///   around a value are removed.
    /// - Returns: The values by name.
    /// - Throws: ``UsageError`` if the file can't be read or has another line, which isn't repeated.
    static func variables(in file: URL) throws -> [String: String] {
        let path = file.path(percentEncoded: false).printable
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw UsageError("\(path): the key file can't be read.")
        }
        var variables: [String: String] = [:]
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var line = line.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            if line.hasPrefix("export ") { line = String(line.dropFirst(7)) }
            let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2, parts[0].hasSuffix("_API_KEY") else {
                throw UsageError(
                    "\(path): line \(index + 1) isn't of the form KEY=VALUE, such as EXAMPLE_API_KEY=sk-1."
                )
            }
            variables[parts[0]] = unquoted(parts[1])
        }
        return variables
    }

    private static func unquoted(_ value: String) -> String {
        for quote in ["\"", "'"] where value.count > 1 && value.hasPrefix(quote) && value.hasSuffix(quote) {
            return String(value.dropFirst().dropLast())
        }
        return value
    }
}
