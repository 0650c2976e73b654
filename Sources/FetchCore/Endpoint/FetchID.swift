/// A type that identifies a job of an endpoint.
///
/// `Int`, `Int64`, `String` and ``PollingURL`` conform. An endpoint whose handle consists of several values can use a
/// `String` and declare its form as ``FetchEndpoint/idForm``, or define its own type with a description of that form:
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
/// ``JobReference`` stores the id's description, and errors contain it, so an id must not be a secret.
public protocol FetchID: Sendable, Hashable, LosslessStringConvertible {
    /// A noun phrase for error messages that says what an id of this type looks like: "an integer".
    static var jobIDExpectation: String { get }
}

extension FetchID {
    /// Validates a string as an id that can be put into a request.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID``.
    static func validate(_ text: String, for endpoint: EndpointName) throws(FetchError) {
        do throws(FetchError) {
            try IDText.validate(text, endpoint: endpoint)
        } catch {
            throw error.taking(Self.jobIDExpectation, by: endpoint).about(endpoint: endpoint, id: text)
        }
    }

    /// Creates an id from a string that comes from outside.
    ///
    /// The string has to be the id's own description. `+7` and `007` are refused rather than read as 7, since the
    /// server may know them as other jobs.
    ///
    /// - Throws: ``FetchError`` with the code ``FetchError/Code/invalidID`` if the string isn't an id of this type.
    init(parsing text: String, for endpoint: EndpointName) throws(FetchError) {
        try Self.validate(text, for: endpoint)
        guard let id = Self(text), JobID(id.description) == JobID(text) else {
            throw .invalidID(text, because: "\(endpoint) takes \(Self.jobIDExpectation)", endpoint: endpoint)
        }
        self = id
    }
}

extension Int: FetchID {
    /// The phrase "an integer".
    public static var jobIDExpectation: String { "an integer" }
}

extension Int64: FetchID {
    /// The phrase "an integer".
    public static var jobIDExpectation: String { "an integer" }
}

extension String: FetchID {
    /// The phrase "a non-empty string".
    public static var jobIDExpectation: String { "a non-empty string" }
}
