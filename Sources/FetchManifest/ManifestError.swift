#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import FetchCore

/// What is wrong with a manifest: the file, and in it every field that can't be taken, why, and what to do.
///
/// An error holds excerpts of the manifest and of nothing else. It can be printed, logged and shown.
public struct ManifestError: Error, Sendable, Hashable {
    /// One thing that is wrong.
    public struct Problem: Sendable, Hashable {
        /// The field, such as `status.failed[2]`. Empty where it is the document as a whole.
        public let field: String

        /// What is wrong with it, in one sentence without a full stop.
        public let reason: String

        /// What to do about it, as a sentence.
        public let remedy: String
    }

    /// The file, as its reader named it.
    public let file: String

    /// What is wrong; never empty. A document that is wrong throughout has the first twenty.
    public let problems: [Problem]

    /// What is wrong with further files, where several were read together.
    public let others: [ManifestError]

    init(file: String, _ problems: [Problem], and others: [ManifestError] = []) {
        self.file = file
        self.problems = problems
        self.others = others
    }

    /// An error about the document as a whole.
    init(file: String, _ reason: String, _ remedy: String) {
        self.init(file: file, [Problem(field: "", reason: reason, remedy: remedy)])
    }
}

extension ManifestError.Problem: CustomStringConvertible {
    /// Field, reason and remedy on one line.
    public var description: String {
        "\(field.isEmpty ? "" : "\(field.onOneLine(longest: 120)): ")\(reason). \(remedy)"
    }
}

extension ManifestError: CustomStringConvertible {
    /// The file and the problem, or the problems, one on a line; then the same of further files.
    public var description: String { ([ownDescription] + others.map(\.description)).joined(separator: "\n") }

    private var ownDescription: String {
        let file = file.onOneLine(longest: 300)
        guard problems.count > 1 else { return "\(file): \(problems.map(\.description).joined())" }
        return "\(file) has \(problems.count) errors:" + problems.map { "\n  - \($0)" }.joined()
    }
}

extension ManifestError: LocalizedError {
    /// The same text as ``description``.
    public var errorDescription: String? { description }
}
