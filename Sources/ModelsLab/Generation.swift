#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// The output of a succeeded ModelsLab job.
///
/// The URLs expire, usually after a day: the artifacts have an expiry date. Download the files that you want to keep.
public struct Generation<Meta: GenerationMeta>: Sendable, Hashable {
    /// The field of the response that ``Generation/outputs`` were read from.
    public enum Source: String, Sendable, Hashable {
        /// The field `output`, which most families use.
        case output
        /// The field `links`, which voice cover uses.
        case links
        /// The field `proxy_links`, which enterprise fashion uses when `output` is empty.
        case proxyLinks = "proxy_links"
    }

    /// The job's id as a string, or `nil` if the response has none.
    ///
    /// ModelsLab writes the id as a number or a string, or omits it.
    public var id: String?

    /// The files, the main file first, each with its copy as a mirror. A link that can't be used is listed as such.
    /// Empty if the job succeeded without an output.
    public var artifacts: [Artifact]

    /// The URLs of the files, the main file first. Links that can't be used are left out.
    public var outputs: [URL] { artifacts.compactMap(\.url) }

    /// The field that ``artifacts`` were read from, or `nil` if the job succeeded without an output.
    public var source: Source?

    /// Copies of the files on another host, for networks from which the primary host can't be reached. If there are as
    /// many as files, each is also a mirror of its file.
    public var proxyLinks: [URL]

    /// URLs at which ModelsLab expects files to appear. They aren't results: a file may appear later or never.
    public var futureLinks: [URL]

    /// The duration of the generation as measured by ModelsLab, or `nil` if the response has no valid value.
    public var generationTime: Duration?

    /// The parameters of the job, or `nil` if the response doesn't repeat them.
    public var meta: Meta?

    /// ModelsLab's message about the job, or `nil` if the response has none.
    public var message: String?

    /// All fields of the response, unchanged.
    ///
    /// They include fields without a property of their own, such as `nsfw_content_detected`.
    public var fields: [String: JSONValue]

    /// Creates a generation, for example as the expected value in a test.
    public init(
        id: String? = nil,
        outputs: [URL],
        source: Source? = .output,
        proxyLinks: [URL] = [],
        futureLinks: [URL] = [],
        generationTime: Duration? = nil,
        meta: Meta? = nil,
        message: String? = nil,
        fields: [String: JSONValue] = [:]
    ) {
        self.init(
            id: id,
            artifacts: Self.artifacts(outputs.outputArtifacts, mirroredBy: proxyLinks),
            source: source,
            proxyLinks: proxyLinks,
            futureLinks: futureLinks,
            generationTime: generationTime,
            meta: meta,
            message: message,
            fields: fields
        )
    }

    init(
        id: String?,
        artifacts: [Artifact],
        source: Source?,
        proxyLinks: [URL],
        futureLinks: [URL],
        generationTime: Duration?,
        meta: Meta?,
        message: String?,
        fields: [String: JSONValue]
    ) {
        self.id = id
        self.artifacts = artifacts
        self.source = source
        self.proxyLinks = proxyLinks
        self.futureLinks = futureLinks
        self.generationTime = generationTime
        self.meta = meta
        self.message = message
        self.fields = fields
    }
}

extension Generation {
    /// Returns artifacts with their mirrors, if there are as many of these.
    static func artifacts(_ artifacts: [Artifact], mirroredBy mirrors: [URL]) -> [Artifact] {
        guard artifacts.count == mirrors.count else { return artifacts }
        return zip(artifacts, mirrors).map { artifact, mirror in
            guard artifact.url != mirror else { return artifact }
            return Artifact(artifact.content, mediaType: artifact.mediaType, mirrors: [mirror])
        }
    }
}

extension Generation: CustomStringConvertible {
    /// The id, the outputs and the time on one line: `Generation 263: https://example.com/a.mp4, took 8.5 s`.
    ///
    /// Queries and fragments of URLs are omitted because they can contain signatures.
    public var description: String {
        let links = outputs.map { url in
            let text = url.absoluteString
            let withoutQuery = text.prefix { $0 != "?" && $0 != "#" }
            return withoutQuery.count < text.count ? "\(withoutQuery)?…" : text
        }
        let name = id.map { "Generation \($0.onOneLine(maxLength: 80))" } ?? "Generation"
        let time = generationTime.map { ", took \(($0.seconds * 10).rounded() / 10) s" } ?? ""
        return "\(name): \(links.isEmpty ? "no output" : links.joined(separator: ", "))\(time)"
    }
}
