/// A reference to a job: the name of its endpoint and its id, such as `example.video:42`.
///
/// A reference is sufficient to poll the job later, in another process. It contains no secret, so it can be stored and
/// logged. It is encoded as a single string.
///
/// Ids are bytes: references whose ids differ only by their Unicode normalization are different.
public struct JobReference: Sendable, Hashable {
    /// The name of the endpoint that polls the job.
    public let endpoint: EndpointName

    /// The job's id as a string.
    public let id: String

    /// Creates a reference from the name of an endpoint and an id.
    ///
    /// The id isn't checked against the endpoint's type of ids; ``EndpointRegistry/validate(_:)`` does that.
    ///
    /// - Parameters:
    ///   - endpoint: The name of the endpoint that polls the job.
    ///   - id: The job's id as a string.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName`` if the name is malformed, or
    ///   ``FetchError/Code/invalidID`` if the id can't be sent.
    public init(endpoint: EndpointName, id: String) throws(FetchError) {
        try endpoint.validate()
        try IDText.validate(id, endpoint: endpoint)
        self.init(registered: endpoint, checked: id)
    }

    /// Creates a reference from parts that are already validated.
    package init(registered endpoint: EndpointName, checked id: String) {
        self.endpoint = endpoint
        self.id = id
    }

    /// Creates a reference from a string of the form `endpoint:id`. The id begins after the first colon and may contain
    /// further ones.
    ///
    /// - Parameter text: A string such as `example.video:42`.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedReference`` if the string has no colon or is a
    ///   URL, ``FetchError/Code/malformedName`` if the name is malformed, or ``FetchError/Code/invalidID`` if the id
    ///   can't be sent.
    public init(_ text: String) throws(FetchError) {
        // The search is for a scalar: a colon and a combining accent at the beginning of the id form one `Character`.
        guard let colon = text.unicodeScalars.firstIndex(of: ":") else {
            throw FetchError(
                .malformedReference,
                "\(Excerpt(text)) is not a job reference",
                remedy: "Write the endpoint's name, a colon and the id, such as example.video:42."
            )
        }
        if ["http", "https"].contains(text[..<colon].lowercased()),
            text.unicodeScalars[colon...].starts(with: "://".unicodeScalars)
        {
            // The message doesn't quote the URL, since several parts of a URL may contain a key.
            throw FetchError(
                .malformedReference,
                "a URL is not a job reference",
                remedy: "Look the URL up in the registry: registry.reference(for: url)."
            )
        }
        try self.init(
            endpoint: EndpointName(String(text[..<colon])),
            id: String(text.unicodeScalars[colon...].dropFirst())
        )
    }
}

extension JobReference {
    /// Returns true if the endpoints are equal, and the ids byte for byte.
    public static func == (one: Self, other: Self) -> Bool {
        one.endpoint == other.endpoint && JobID(one.id) == JobID(other.id)
    }

    /// Hashes the name of the endpoint and the bytes of the id.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(endpoint)
        hasher.combine(JobID(id))
    }
}

extension JobReference: CustomStringConvertible {
    /// The reference as a string of the form `endpoint:id`, which ``init(_:)`` accepts.
    public var description: String { "\(endpoint):\(id)" }
}

extension JobReference: Codable {
    /// Decodes a reference from a single string. It throws a `DecodingError` if the string isn't a reference.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        do throws(FetchError) {
            try self.init(text)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Encodes the reference as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension JobReference: CodingKeyRepresentable {
    /// The reference as a coding key, so that a dictionary with references as keys is encoded as an object.
    ///
    /// Foundation's encoders compare the keys of an object as strings. Of references that differ only by the
    /// normalization of their ids, they encode one. An array of references or outcomes has no such limit.
    public var codingKey: any CodingKey { MemberName(stringValue: description) }

    /// Creates a reference from a coding key, or `nil` if the key isn't a reference.
    public init?(codingKey: some CodingKey) {
        guard let reference = try? Self(codingKey.stringValue) else { return nil }
        self = reference
    }
}
