/// A type of job id.
///
/// `Int`, `Int64`, `String` and ``PollingURL`` are ids. An endpoint whose handle is more than one value can have a `String`
/// that its ``FetchEndpoint/idForm`` takes apart, or bring a type of its own, whose text is of that form:
///
/// ```swift
/// struct RunID: FetchID {
///     var workflow: String
///     var run: Int
///
///     static let jobIDExpectation = "a workflow and a run number, such as upscale/7"
///     var description: String { "\(workflow)/\(run)" }
///
///     init?(_ text: String) {
///         let parts = text.split(separator: "/")
///         guard parts.count == 2, let run = Int(parts[1]) else { return nil }
///         (self.workflow, self.run) = (String(parts[0]), run)
///     }
/// }
/// ```
///
/// An id's text is what a ``JobReference`` holds, and errors show it: it must not be a secret.
public protocol FetchID: Sendable, Hashable, LosslessStringConvertible {
    /// What an id looks like, as an error message says it: "an integer".
    static var jobIDExpectation: String { get }
}

extension FetchID {
    /// Throws if an id can't be put into a request.
    ///
    /// - Parameters:
    ///   - text: The id as a string.
    ///   - endpoint: The endpoint, for the error.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID``.
    static func validate(_ text: String, for endpoint: EndpointName) throws(FetchError) {
        do throws(FetchError) {
            try IDText.validate(text, endpoint: endpoint)
        } catch {
            throw error.taking(Self.jobIDExpectation, by: endpoint).about(endpoint: endpoint, id: text)
        }
    }

    /// Reads an id from a string that comes from outside.
    ///
    /// The string has to be the id's own: `+7` and `007` aren't read as 7, which a server may know as another job.
    ///
    /// - Parameters:
    ///   - text: The id as a string.
    ///   - endpoint: The endpoint, for the error.
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID``.
    init(parsing text: String, for endpoint: EndpointName) throws(FetchError) {
        try Self.validate(text, for: endpoint)
        guard let id = Self(text), id.description == text else {
            throw .invalidID(text, because: "\(endpoint) takes \(Self.jobIDExpectation)", endpoint: endpoint)
        }
        self = id
    }
}

extension Int: FetchID {
    /// What an integer id looks like.
    public static var jobIDExpectation: String { "an integer" }
}

extension Int64: FetchID {
    /// What an integer id looks like.
    public static var jobIDExpectation: String { "an integer" }
}

extension String: FetchID {
    /// What a text id looks like.
    public static var jobIDExpectation: String { "a text that isn't empty" }
}
