#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

// The encoded form is an object with one member for the content, such as `{"url": "https://…", "mediaType": "video/mp4"}`.
// Unknown members are ignored.
extension Artifact: Codable {
    fileprivate enum CodingKeys: String, CodingKey {
        case url, data, text, json, mediaType
    }

    /// Decodes a stored artifact.
    ///
    /// - Parameter decoder: A decoder at the position of the artifact.
    /// - Throws: `DecodingError` if there is no content that this version knows, or if the link isn't a URL.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let mediaType = try container.decodeIfPresent(String.self, forKey: .mediaType)
        self.init(try Content(container), mediaType: mediaType)
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
        }
        try container.encodeIfPresent(mediaType, forKey: .mediaType)
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
        } else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: container.codingPath,
                    debugDescription: "the artifact has no content of a known kind: url, data, text or json"
                )
            )
        }
    }
}
