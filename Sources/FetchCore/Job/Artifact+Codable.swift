#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

// The encoded form is an object with one member for the content, such as `{"url": "https://…", "mediaType":
// "video/mp4"}`. Members with a default value are left out, and unknown members are ignored.
extension Artifact: Codable {
    fileprivate enum CodingKeys: String, CodingKey {
        case url, data, text, json, unusable, problem, mediaType, mirrors, needsKey, expiryDate
    }

    /// Decodes a stored artifact.
    ///
    /// - Parameter decoder: A decoder at the position of the artifact.
    /// - Throws: `DecodingError` if there is no content that this version knows, or if the link isn't a URL. A link
    ///   that can't be downloaded is decoded as ``Content/unusable(_:problem:)``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let mirrors = try container.decodeIfPresent([String].self, forKey: .mirrors) ?? []
        self.init(
            try Content(container),
            mediaType: try container.decodeIfPresent(String.self, forKey: .mediaType),
            mirrors: mirrors.compactMap { URL(string: $0) },
            needsKey: try container.decodeIfPresent(Bool.self, forKey: .needsKey) ?? false,
            expiryDate: try container.decodeIfPresent(Date.self, forKey: .expiryDate)
        )
    }

    /// Encodes the artifact. It throws an `EncodingError` if the encoder refuses a number in its JSON that is infinite
    /// or NaN.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch content {
        case .url(let url): try container.encode(url.absoluteString, forKey: .url)
        case .data(let data): try container.encode(data, forKey: .data)
        case .text(let text): try container.encode(text, forKey: .text)
        case .json(let value): try container.encode(value, forKey: .json)
        case .unusable(let text, let problem):
            try container.encode(text, forKey: .unusable)
            try container.encode(problem, forKey: .problem)
        }
        try container.encodeIfPresent(mediaType, forKey: .mediaType)
        if !mirrors.isEmpty { try container.encode(mirrors.map(\.absoluteString), forKey: .mirrors) }
        if needsKey { try container.encode(true, forKey: .needsKey) }
        try container.encodeIfPresent(expiryDate, forKey: .expiryDate)
    }
}

extension Artifact.Content {
    fileprivate init(_ container: KeyedDecodingContainer<Artifact.CodingKeys>) throws {
        if let text = try container.decodeIfPresent(String.self, forKey: .url) {
            guard let url = URL(string: text) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .url,
                    in: container,
                    debugDescription: "\(Excerpt(text)) is not a URL"
                )
            }
            self = .url(url)
        } else if let data = try container.decodeIfPresent(Data.self, forKey: .data) {
            self = .data(data)
        } else if let text = try container.decodeIfPresent(String.self, forKey: .text) {
            self = .text(text)
        } else if container.contains(.json) {
            self = .json(try container.decodeIfPresent(JSONValue.self, forKey: .json) ?? .null)
        } else if let text = try container.decodeIfPresent(String.self, forKey: .unusable) {
            let problem = try container.decodeIfPresent(String.self, forKey: .problem)
            self = .unusable(text, problem: problem ?? "it can't be used")
        } else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath,
                    debugDescription: "the artifact has no content of a known kind: url, data, text, json or unusable"
                )
            )
        }
    }
}
