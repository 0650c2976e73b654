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
    /// Reads an id from text that comes from outside.
    ///
    /// The text has to be the id's own: `+7` and `007` are not taken for 7, which a server may know as another job.
    init(parsing text: String, for endpoint: EndpointName) throws(FetchError) {
        do throws(FetchError) {
            try IDText.validate(text, endpoint: endpoint)
        } catch {
            throw error.taking(Self.jobIDExpectation, by: endpoint)
        }
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
