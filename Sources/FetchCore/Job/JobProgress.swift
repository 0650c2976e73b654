/// What an answer said of a job that isn't ready.
public struct JobProgress: Sendable, Hashable {
    /// How long the provider thinks the job will still take.
    ///
    /// An estimate: it shapes when the job is asked about next, and is never slept through.
    public var eta: Duration?

    /// How long the provider asks to wait before the next request. It outranks ``eta``.
    public var retryAfter: Duration?

    /// How much of the job is done, from 0 to 1. What is set to anything else is brought inside; NaN counts as nil.
    public var fraction: Double? {
        get { knownFraction }
        set { knownFraction = newValue.flatMap { $0.isNaN ? nil : min(max($0, 0), 1) } }
    }

    private var knownFraction: Double?

    /// The provider's own words, such as "Try Again".
    public var message: String?

    /// What else the answer said, under the provider's own names: a queue position, links to come.
    public var details: [String: JSONValue]

    /// Creates a progress. All parts are optional: a bare "processing" is a progress too.
    ///
    /// - Parameters:
    ///   - eta: How long the provider thinks the job will still take.
    ///   - retryAfter: How long the provider asks to wait before the next request.
    ///   - fraction: How much is done. Anything outside 0 to 1 is brought inside; NaN is taken for no fraction.
    ///   - message: The provider's own words.
    ///   - details: What else the answer said.
    public init(
        eta: Duration? = nil,
        retryAfter: Duration? = nil,
        fraction: Double? = nil,
        message: String? = nil,
        details: [String: JSONValue] = [:]
    ) {
        self.eta = eta
        self.retryAfter = retryAfter
        self.message = message
        self.details = details
        self.fraction = fraction
    }
}

extension JobProgress: CustomStringConvertible {
    /// The parts that are there, on one line.
    public var description: String {
        var parts: [String] = []
        if let fraction { parts.append("\(Int(fraction * 100)) %") }
        if let eta { parts.append("ETA \(eta.inSeconds) s") }
        if let message { parts.append("\(Excerpt(message))") }
        return parts.isEmpty ? "pending" : "pending, " + parts.joined(separator: ", ")
    }
}
