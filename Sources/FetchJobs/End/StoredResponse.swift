public import FetchCore

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A response with an output that couldn't be used, as the provider sent it. Keys are redacted in it.
///
/// A corrected endpoint reads it again, without a request to a provider that may have deleted the job:
///
/// ```swift
/// if let stored = outcome.end.response {
///     let answer = try endpoint.answer(to: "42", from: stored.response)
///     print(answer)
/// }
/// ```
public struct StoredResponse: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int

    /// The value of `Content-Type`. `nil` if the response had none.
    public var contentType: String?

    /// The URL that was polled, without a key in its query. `nil` if unknown.
    public var url: URL?

    /// The date of the client's clock at which the response was received. `nil` if unknown.
    public var receivedAt: Date?

    /// The body after decompression, or its beginning.
    public var body: Data

    /// True if the body was longer than what is kept, less than 64 KiB.
    public var isTruncated: Bool

    /// Creates a response to store.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - contentType: The value of `Content-Type`. Defaults to none.
    ///   - url: The URL that was polled. It must not contain a key. Defaults to none.
    ///   - date: The date at which the response was received. Defaults to none.
    ///   - body: The body. It must not contain a key.
    ///   - isTruncated: True if the body was longer. Defaults to false.
    public init(
        status: Int,
        contentType: String? = nil,
        url: URL? = nil,
        receivedAt date: Date? = nil,
        body: Data,
        isTruncated: Bool = false
    ) {
        self.status = status
        self.contentType = contentType
        self.url = url
        receivedAt = date
        self.body = body
        self.isTruncated = isTruncated
    }

    init(_ response: UnreadResponse) {
        self.init(
            status: response.status,
            contentType: response.contentType,
            url: response.url,
            receivedAt: response.receivedAt,
            body: response.isTruncated ? Self.withoutCutCharacter(response.body) : response.body,
            isTruncated: response.isTruncated
        )
    }

    /// The response for an endpoint to read. Of the header fields, it has `Content-Type`.
    public var response: FetchResponse {
        FetchResponse(
            status: status,
            headers: contentType.map { ["Content-Type": $0] } ?? [:],
            body: body,
            url: url,
            receivedAt: receivedAt
        )
    }

    /// Returns the response with a beginning of its body that fits into a number of bytes of JSON; `nil` if not even an
    /// empty one does.
    func truncated(toSize limit: Int) -> Self? {
        if size <= limit { return self }
        // The longest body that fits. The size grows with the length.
        var (fitting, tooLong) = (-1, min(body.count, max(limit, 0)) + 1)
        while tooLong - fitting > 1 {
            let middle = (fitting + tooLong) / 2
            if prefix(middle).size <= limit { fitting = middle } else { tooLong = middle }
        }
        return fitting >= 0 ? prefix(fitting) : nil
    }

    private func prefix(_ length: Int) -> Self {
        var copy = self
        copy.body = Self.withoutCutCharacter(Data(body.prefix(length)))
        copy.isTruncated = isTruncated || copy.body.count < body.count
        return copy
    }

    /// Returns the beginning of a string without the character at its end that is cut.
    private static func withoutCutCharacter(_ data: Data) -> Data {
        // A character has at most four bytes.
        (0...3).lazy.map { Data(data.dropLast($0)) }.first { text(of: $0) != nil } ?? data
    }

    /// Returns a body in UTF-8 as a string; `nil` if it isn't, or has a zero, which databases refuse.
    fileprivate static func text(of body: Data) -> String? {
        body.contains(0) ? nil : String(validating: body, as: UTF8.self)
    }

    /// The size in bytes of JSON.
    private var size: Int { (try? JSONEncoder().encode(self).count) ?? .max }
}

extension StoredResponse: CustomStringConvertible {
    /// The HTTP status and the size of the body in bytes, but none of its content.
    public var description: String { "\(response)" }
}

// A body that is text is encoded as text, for people who read it in a database.
extension StoredResponse: Codable {
    private enum CodingKeys: String, CodingKey {
        case status, contentType, url, receivedAt, text, data, isTruncated
    }

    /// Decodes a stored response.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let text = try container.decodeIfPresent(String.self, forKey: .text)
        self.init(
            status: try container.decode(Int.self, forKey: .status),
            contentType: try container.decodeIfPresent(String.self, forKey: .contentType),
            url: try container.decodeIfPresent(URL.self, forKey: .url),
            receivedAt: try container.decodeIfPresent(Date.self, forKey: .receivedAt),
            body: try text.map { Data($0.utf8) } ?? container.decode(Data.self, forKey: .data),
            isTruncated: try container.decode(Bool.self, forKey: .isTruncated)
        )
    }

    /// Encodes the response. A body in UTF-8 is a string, and any other one base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(status, forKey: .status)
        try container.encodeIfPresent(contentType, forKey: .contentType)
        try container.encodeIfPresent(url, forKey: .url)
        try container.encodeIfPresent(receivedAt, forKey: .receivedAt)
        if let text = Self.text(of: body) {
            try container.encode(text, forKey: .text)
        } else {
            try container.encode(body, forKey: .data)
        }
        try container.encode(isTruncated, forKey: .isTruncated)
    }
}
