#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif
public import FetchCore

/// What a finished ModelsLab job yields.
///
/// Links are valid for a limited time, usually a day; download what is to be kept.
public struct Generation<Meta: GenerationMeta>: Sendable, Hashable {
    /// Which field of the answer the outputs came from.
    public enum Source: String, Sendable, Hashable {
        /// The field `output`.
        case output
        /// The field `links`, as voice cover has it.
        case links
        /// The field `proxy_links`, as enterprise fashion has it where `output` is empty.
        case proxyLinks = "proxy_links"
    }

    /// The job's id as text, if the answer names one. ModelsLab writes it as a number, a text or not at all.
    public var id: String?

    /// The files, the main one first. Empty where the job succeeded without an output.
    public var outputs: [URL]

    /// Where ``outputs`` were found, nil where the job succeeded without an output.
    public var source: Source?

    /// The same files on another host, for places from which the first can't be reached.
    public var proxyLinks: [URL]

    /// Where files were promised to appear. A promise and not a result: nothing may be there yet, or ever.
    public var futureLinks: [URL]

    /// How long the generation took, as ModelsLab measured it.
    public var generationTime: Duration?

    /// What the job was asked to do, if the answer repeats it.
    public var meta: Meta?

    /// What else ModelsLab says about the job, if anything.
    public var message: String?

    /// All fields of the answer as they came, those included that have no place above, such as
    /// `nsfw_content_detected`.
    public var fields: [String: JSONValue]

    /// Creates a generation.
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
        self.id = id
        self.outputs = outputs
        self.source = source
        self.proxyLinks = proxyLinks
        self.futureLinks = futureLinks
        self.generationTime = generationTime
        self.meta = meta
        self.message = message
        self.fields = fields
    }
}

extension Generation: CustomStringConvertible {
    /// The id, the outputs and the time on one line: `Generation 263: https://example.com/a.mp4, took 8.5 s`.
    ///
    /// A link's query is left out, since it may be a signature.
    public var description: String {
        let links = outputs.map { url in
            let text = url.absoluteString
            let place = text.prefix { $0 != "?" && $0 != "#" }
            return place.count < text.count ? "\(place)?…" : text
        }
        let name = id.map { "Generation \($0.onOneLine(longest: 80))" } ?? "Generation"
        let time = generationTime.map { ", took \(($0.seconds * 10).rounded() / 10) s" } ?? ""
        return "\(name): \(links.isEmpty ? "no output" : links.joined(separator: ", "))\(time)"
    }
}
