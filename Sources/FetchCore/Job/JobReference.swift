/// A job as text: the name of its endpoint and its id, such as `example.video:42`.
///
/// That is all a database row or a log line needs to go on later, in another process. It holds no secret, and encodes
/// as that one string.
public struct JobReference: Sendable, Hashable {
    /// The endpoint that is asked about the job.
    public let endpoint: EndpointName

    /// The job's id, as text.
    public let id: String

    /// Creates a reference from its two parts.
    ///
    /// Whether the id is of the endpoint's type shows when the job is asked about.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedName`` or ``FetchError/Code/invalidID``.
    public init(endpoint: EndpointName, id: String) throws(FetchError) {
        try endpoint.validate()
        try IDText.validate(id, endpoint: endpoint)
        self.endpoint = endpoint
        self.id = id
    }

    /// Creates a reference from parts that were checked before.
    init(registered endpoint: EndpointName, checked id: String) {
        self.endpoint = endpoint
        self.id = id
    }

    /// Creates a reference from its text, `endpoint:id`. The id begins after the first colon and may hold others.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/malformedReference``,
    ///   ``FetchError/Code/malformedName`` or ``FetchError/Code/invalidID``.
    public init(_ text: String) throws(FetchError) {
        // Among the scalars: a colon and an accent behind it, with which an id may begin, are one character.
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
            // It isn't quoted: a URL can hold a key in more places than one.
            throw FetchError(
                .malformedReference,
                "a URL is not a job reference",
                remedy: "Have the registry find the job: registry.reference(for: url)."
            )
        }
        try self.init(
            endpoint: EndpointName(String(text[..<colon])),
            id: String(text.unicodeScalars[colon...].dropFirst())
        )
    }
}

extension JobReference: CustomStringConvertible {
    /// The reference as text, which ``init(_:)`` reads.
    public var description: String { "\(endpoint):\(id)" }
}

extension JobReference: Codable {
    /// Decodes a reference from a single string.
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
    /// The reference as the name of a member, so that a dictionary of jobs is encoded as an object.
    public var codingKey: any CodingKey { MemberName(stringValue: description) }

    /// Reads a reference from the name of a member.
    public init?(codingKey: some CodingKey) {
        guard let reference = try? Self(codingKey.stringValue) else { return nil }
        self = reference
    }
}
