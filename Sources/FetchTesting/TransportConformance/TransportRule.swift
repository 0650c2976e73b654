/// A rule of the contract of `FetchTransport` that ``TransportConformance`` checks. Later versions may add rules.
public struct TransportRule: Sendable, Hashable, CustomStringConvertible {
    /// The rule's name, such as `redirects`.
    public let description: String

    /// The requirement of the contract, in one or more sentences.
    public let requirement: String

    let run: @Sendable (TransportTrial) async throws -> Void

    init(_ name: String, _ requirement: String, _ run: @escaping @Sendable (TransportTrial) async throws -> Void) {
        description = name
        self.requirement = requirement
        self.run = run
    }

    /// Returns true if both rules have the same name.
    public static func == (one: Self, other: Self) -> Bool { one.description == other.description }

    /// Hashes the rule's name.
    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

extension TransportRule: CaseIterable {
    /// All rules for a transport, in the order in which they are checked. Those for a transport that streams are in
    /// ``streamingCases``.
    public static var allCases: [Self] { requests + responses + limits + failures + ends + connections + secrets }
}

extension TransportRule {
    private static let requests: [Self] = [
        .method, .url, .dotSegments, .requestFields, .repeatedRequestFields, .emptyRequestField, .requestBody,
        .bodyWithGet,
        .nothingAdded, .addressPolicy,
    ]

    private static let responses: [Self] = [
        .status, .redirects, .challenges, .cookies, .cache, .noContent, .informational, .responseFields,
        .repeatedResponseFields, .responseFieldOrder, .responseBody, .trailers, .compression,
    ]

    private static let limits: [Self] = [.responseLimit, .announcedLength, .compressedLimit]

    private static let failures: [Self] = [.refusedConnection, .lostConnection, .brokenHead, .brokenBody, .notHTTP]

    private static let ends: [Self] = [.cancellation, .timeout, .suspension]

    private static let connections: [Self] = [
        .parallelRequests, .recovery, .idleConnection, .deadConnection, .unsolicitedResponse, .closing,
    ]

    private static let secrets: [Self] = [.secretsInErrors, .output]
}
