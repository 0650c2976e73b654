#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The facts about a part with which a later download can go on with it. They are stored beside the part as JSON.
package struct ResumeRecord: Sendable, Hashable {
    /// The maximum size of a stored record in bytes.
    static let maximumSize = 16 << 10

    private static let version = 1

    /// The number of bytes at the beginning of the part that are certainly on disk and of this file.
    package var length: Int64
    /// The length of the whole file. `nil` if it isn't known.
    package var total: Int64?
    /// The version of the file that the bytes belong to.
    package var validator: Validator
    /// A hash of the link without its signature. Neither the link nor a secret in it can be told from the hash.
    package var source: String

    /// Creates a record.
    ///
    /// - Parameters:
    ///   - length: The number of bytes that are there.
    ///   - total: The length of the whole file, if it is known.
    ///   - validator: The validator of the response.
    ///   - link: The URL of the file.
    package init(length: Int64, total: Int64?, validator: Validator, link: URL) {
        self.length = length
        self.total = total
        self.validator = validator
        source = Self.hash(of: link)
    }

    /// Returns the rest to ask for.
    ///
    /// - Parameter link: The URL of the file now. If it is another one than before, the rest is asked for only if the
    ///   validator is an entity tag and the length is known.
    /// - Returns: `nil` if the download has to start over.
    package func range(from link: URL) -> RequestedRange? {
        guard length > 0, total.map({ length < $0 }) ?? true else { return nil }
        let isFromOtherLink = source != Self.hash(of: link)
        if isFromOtherLink {
            guard case .entityTag = validator, total != nil else { return nil }
        }
        return RequestedRange(start: length, total: total, validator: validator, isFromOtherLink: isFromOtherLink)
    }

    private static func hash(of link: URL) -> String {
        StableHash(of: UnsignedLink(link).text).description
    }
}

// An object with a version. Unknown members are ignored.
extension ResumeRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case version, length, total, entityTag, lastModified, source
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let version = try container.decode(Int.self, forKey: .version)
        let length = try container.decode(Int64.self, forKey: .length)
        let total = try container.decodeIfPresent(Int64.self, forKey: .total)
        let tag = try container.decodeIfPresent(String.self, forKey: .entityTag)
        let date = try container.decodeIfPresent(String.self, forKey: .lastModified)
        let validator = tag.flatMap(Validator.init(storedTag:)) ?? date.flatMap(Validator.init(storedDate:))
        guard version == Self.version, length > 0, length <= total ?? length, let validator else {
            throw DecodingError.dataCorruptedError(forKey: .version, in: container, debugDescription: "unusable")
        }
        self.length = length
        self.total = total
        self.validator = validator
        source = try container.decode(String.self, forKey: .source)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(length, forKey: .length)
        try container.encodeIfPresent(total, forKey: .total)
        try container.encode(source, forKey: .source)
        switch validator {
        case .entityTag(let tag): try container.encode(tag, forKey: .entityTag)
        case .lastModified(let date): try container.encode(date, forKey: .lastModified)
        }
    }

    /// Reads a stored record; `nil` for anything that isn't one of this version.
    package init?(stored bytes: some Collection<UInt8>) {
        guard bytes.count <= Self.maximumSize,
            let record = try? JSONDecoder().decode(Self.self, from: Data(bytes))
        else { return nil }
        self = record
    }

    /// The record as it is stored.
    package var stored: [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return (try? encoder.encode(self)).map(Array.init) ?? []
    }
}
