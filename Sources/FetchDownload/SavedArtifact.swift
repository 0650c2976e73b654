import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// An output with all that is known of its job.
struct SavedArtifact: Sendable {
    var artifact: Artifact
    /// The name that doesn't depend on the server. `nil` for a hash of the link or the content.
    var generatedName: GeneratedFileName?
    /// The date of the job's end. `nil` if it isn't known.
    var jobEnd: Date?
    /// The place among the outputs that are saved together. `nil` if the output is the only one.
    var place: OutputPlace?
    var authorize: (@Sendable (FetchRequest) async throws -> FetchRequest)?
    var pollAgain: (@Sendable () async throws -> [URL])?
    /// Returns true if a string contains the provider's key. `nil` if no key is known.
    var containsKey: (@Sendable (String) -> Bool)?

    init(_ artifact: Artifact, _ generatedName: GeneratedFileName? = nil) {
        self.artifact = artifact
        self.generatedName = generatedName
    }

    /// Returns the facts from which the output gets its name.
    func naming(_ rule: FileName) -> OutputNaming {
        // A name that the caller has chosen takes the place of any other, so the link or content need not be read.
        let source = rule.isGiven || generatedName != nil ? "" : artifact.identity
        return OutputNaming(
            rule,
            generatedName: generatedName ?? GeneratedFileName(source: source, index: 0),
            mediaType: artifact.mediaType,
            place: place,
            containsKey: containsKey
        )
    }
}

extension Artifact {
    /// A string that is the same for each download of the output, and different for different outputs.
    fileprivate var identity: String {
        switch content {
        case .url(let url): UnsignedLink(url).text
        case .data(let data): "\(data.count) bytes \(StableHash(of: data.base64EncodedString()))"
        case .text(let text), .unusable(let text, _): text
        case .json(let value): String(decoding: value.bytes, as: UTF8.self)
        }
    }
}
