#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
import FetchCore

/// An invalid manifest: the file, and each invalid field with the reason and a remedy.
///
/// An error contains excerpts of the manifest, but no string that looks like a key. It can be printed and logged.
public struct ManifestError: Error, Sendable, Hashable {
    /// An invalid field, or an error of the document as a whole.
    public struct Problem: Sendable, Hashable {
        /// The path of the field, such as `status.failed[2]`, or the line and column of a syntax error. Empty for the
        /// document as a whole.
        public let field: String

        /// The reason, as a sentence without a full stop.
        public let reason: String

        /// The remedy, as one or more sentences.
        public let remedy: String
    }

    /// The file name that was passed to the initializer of the manifest.
    public let file: String

    /// The problems of the file: at least one, at most the first twenty.
    public let problems: [Problem]

    /// The errors of further files. Empty unless ``EndpointManifests`` read several.
    public let others: [ManifestError]

    init(file: String, _ problems: [Problem], and others: [ManifestError] = []) {
        self.file = file
        self.problems = problems
        self.others = others
    }

    /// Creates an error of the document as a whole.
    init(file: String, _ reason: String, _ remedy: String) {
        self.init(file: file, [Problem(field: "", reason: reason, remedy: remedy)])
    }
}

extension ManifestError.Problem: CustomStringConvertible {
    /// The field, the reason and the remedy on one line.
    public var description: String {
        "\(field.isEmpty ? "" : "\(field.onOneLine(maxLength: 120)): ")\(reason). \(remedy)"
    }
}

extension ManifestError: CustomStringConvertible {
    /// The file and its problems, one per line if there are several, followed by the errors of further files.
    public var description: String { ([ownDescription] + others.map(\.description)).joined(separator: "\n") }

    private var ownDescription: String {
        let file = file.onOneLine(maxLength: 300)
        guard problems.count > 1 else { return "\(file): \(problems.map(\.description).joined())" }
        return "\(file) has \(problems.count) errors:" + problems.map { "\n  - \($0)" }.joined()
    }
}

extension ManifestError: LocalizedError {
    /// The same string as ``description``.
    public var errorDescription: String? { description }
}
