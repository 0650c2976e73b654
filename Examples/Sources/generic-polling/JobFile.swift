import FetchCore
import Foundation

/// A text file with one job reference per line. Empty lines and lines that begin with `#` are skipped.
enum JobFile {
    /// An error with the file and the line of the first invalid reference.
    struct ReadError: Error, CustomStringConvertible {
        let description: String
    }

    static func read(_ file: URL) throws -> [JobReference] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw ReadError(description: "\(file.path) can't be read as text.")
        }
        var jobs: [JobReference] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            do {
                jobs.append(try JobReference(line))
            } catch {
                throw ReadError(description: "\(file.lastPathComponent), line \(index + 1): \(error)")
            }
        }
        return jobs
    }
}
