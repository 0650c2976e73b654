import FetchCore
import Foundation

/// A text file with one job reference a line. Empty lines and those that begin with `#` are passed over.
enum JobFile {
    /// What is wrong with a file, and where.
    struct Flaw: Error, CustomStringConvertible {
        let description: String
    }

    static func read(_ file: URL) throws -> [JobReference] {
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw Flaw(description: "\(file.path) can't be read as text.")
        }
        var jobs: [JobReference] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.trimmingCharacters(in: .whitespaces)
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            do {
                jobs.append(try JobReference(line))
            } catch {
                throw Flaw(description: "\(file.lastPathComponent), line \(index + 1): \(error)")
            }
        }
        return jobs
    }
}
