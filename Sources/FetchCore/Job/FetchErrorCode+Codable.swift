extension FetchError.Code {
    /// All codes of this version.
    public static let all: [Self] = [
        .malformedName, .malformedReference, .malformedEndpoint, .duplicateEndpoint, .unknownEndpoint, .invalidID,
        .missingKey, .malformedKey, .credentialsUnavailable, .refusedURL, .concurrentIteration,
        .transportUnavailable,
        .badRequest, .unauthorized, .paymentRequired, .forbidden, .jobNotFound, .rateLimited, .serverError, .redirected,
        .malformedResponse, .responseTooLarge, .unusableOutput, .temporarilyRefused, .intercepted, .outputExpired,
        .connectionFailed, .untrustedServer, .requestTimeout, .deadlineExceeded, .jobFailed,
        .fileExists, .fileNotWritten, .storageFull, .incompleteOutput, .unexpectedOutput,
    ]

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.description, $0) })
}

// The encoded form is the name, which never changes, so that it can be read in a database and searched for.
extension FetchError.Code: Codable {
    /// Decodes a code from its name. The name of a code that a later version has added is kept.
    public init(from decoder: any Decoder) throws {
        let name = try decoder.singleValueContainer().decode(String.self)
        self = Self.byName[name] ?? Self(unknown: name)
    }

    /// Encodes the code's name as a single string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
