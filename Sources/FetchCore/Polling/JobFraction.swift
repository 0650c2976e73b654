/// The completed fraction of a job, and where it comes from.
public struct JobFraction: Sendable, Hashable, Codable {
    /// The sources of a fraction.
    public enum Source: String, Sendable, Hashable, Codable {
        /// The response contains the fraction.
        case provider
        /// The fraction is the job's age, divided by the age at which the endpoint's jobs end.
        case estimate
    }

    /// The fraction, from 0 to 1.
    public let value: Double

    /// The source of the fraction.
    public let source: Source

    /// Creates a fraction. A value out of range is clamped, and NaN becomes 0.
    public init(_ value: Double, source: Source) {
        self.value = value.isNaN ? 0 : min(max(value, 0), 1)
        self.source = source
    }
}
