// The encoded form is an object. Members without a value are left out, and unknown members are ignored.
extension JobProgress: Codable {
    private enum CodingKeys: String, CodingKey {
        case eta, retryAfter, fraction, message, details
    }

    /// Decodes a stored progress. A fraction out of range is clamped.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            eta: try container.decodeIfPresent(Duration.self, forKey: .eta),
            retryAfter: try container.decodeIfPresent(Duration.self, forKey: .retryAfter),
            fraction: try container.decodeIfPresent(Double.self, forKey: .fraction),
            message: try container.decodeIfPresent(String.self, forKey: .message),
            details: try container.decodeIfPresent([String: JSONValue].self, forKey: .details) ?? [:]
        )
    }

    /// Encodes the progress. It throws an `EncodingError` if the encoder refuses a number in ``details`` that is
    /// infinite or NaN.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(eta, forKey: .eta)
        try container.encodeIfPresent(retryAfter, forKey: .retryAfter)
        try container.encodeIfPresent(fraction, forKey: .fraction)
        try container.encodeIfPresent(message, forKey: .message)
        if !details.isEmpty { try container.encode(details, forKey: .details) }
    }
}
