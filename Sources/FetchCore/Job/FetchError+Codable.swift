// The encoded form is an object with a version. Members without a value are left out, and unknown members are ignored.
extension FetchError: Codable {
    private static let version = 1

    private enum CodingKeys: String, CodingKey {
        case version, code, message, remedy, isRetryable, hasJobEnded, retryAfter, endpoint, id, account, httpStatus
        case failure, lastProgress, lastError
    }

    /// Decodes a stored error.
    ///
    /// - Parameter decoder: A decoder at the position of the error.
    /// - Throws: `DecodingError` if a later version has stored it, or if the code or the message is missing. A code
    ///   that this version doesn't know is kept.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        try StoredVersion.check(in: container, forKey: .version, atMost: Self.version, of: "an error")
        self.init(
            try container.decode(Code.self, forKey: .code),
            try container.decode(String.self, forKey: .message),
            remedy: try container.decodeIfPresent(String.self, forKey: .remedy),
            isRetryable: try container.decodeIfPresent(Bool.self, forKey: .isRetryable),
            retryAfter: try container.decodeIfPresent(Duration.self, forKey: .retryAfter)
        )
        hasJobEnded = try container.decodeIfPresent(Bool.self, forKey: .hasJobEnded) ?? hasJobEnded
        // Not validated: the error may be that the name is malformed.
        endpoint = try container.decodeIfPresent(String.self, forKey: .endpoint).map { EndpointName(stringLiteral: $0) }
        id = try container.decodeIfPresent(String.self, forKey: .id)
        account = try container.decodeIfPresent(AccountID.self, forKey: .account)
        httpStatus = try container.decodeIfPresent(Int.self, forKey: .httpStatus)
        failure = try container.decodeIfPresent(JobFailure.self, forKey: .failure)
        lastProgress = try container.decodeIfPresent(JobProgress.self, forKey: .lastProgress)
        lastError = try container.decodeIfPresent(FetchError.self, forKey: .lastError)
    }

    /// Encodes the error. It contains no key, so it can be stored.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Self.version, forKey: .version)
        try container.encode(code, forKey: .code)
        try container.encode(message, forKey: .message)
        try container.encodeIfPresent(remedy, forKey: .remedy)
        try container.encode(isRetryable, forKey: .isRetryable)
        try container.encode(hasJobEnded, forKey: .hasJobEnded)
        try container.encodeIfPresent(retryAfter, forKey: .retryAfter)
        try container.encodeIfPresent(endpoint?.rawValue, forKey: .endpoint)
        try container.encodeIfPresent(id, forKey: .id)
        try container.encodeIfPresent(account, forKey: .account)
        try container.encodeIfPresent(httpStatus, forKey: .httpStatus)
        try container.encodeIfPresent(failure, forKey: .failure)
        try container.encodeIfPresent(lastProgress, forKey: .lastProgress)
        try container.encodeIfPresent(lastError, forKey: .lastError)
    }
}
