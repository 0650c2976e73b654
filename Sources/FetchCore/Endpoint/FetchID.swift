/// A type of job id.
///
/// `Int`, `Int64` and `String` are ids. A provider whose handle is more than one value brings its own type: its text
/// form is what a ``JobReference`` holds, its ``templateValues`` are what a ``PathTemplate`` can name.
///
/// ```swift
/// struct RunID: FetchID {
///     var workflow: String
///     var run: Int
///
///     static let expectation = "a workflow and a run number, such as upscale/7"
///     var description: String { "\(workflow)/\(run)" }
///     var templateValues: [String: String] { ["workflow": workflow, "run": String(run)] }
///
///     init?(_ text: String) {
///         let parts = text.split(separator: "/", maxSplits: 1)
///         guard parts.count == 2, let run = Int(parts[1]) else { return nil }
///         self.init(templateValues: ["workflow": String(parts[0]), "run": String(run)])
///     }
///
///     init?(templateValues: [String: String]) {
///         guard let workflow = templateValues["workflow"], let run = templateValues["run"].flatMap({ Int($0) }) else {
///             return nil
///         }
///         (self.workflow, self.run) = (workflow, run)
///     }
/// }
/// ```
public protocol FetchID: Sendable, Hashable, LosslessStringConvertible {
    /// What an id looks like, as an error message says it: "an integer".
    static var expectation: String { get }

    /// The values that a path template can name. `["id": description]` unless stated.
    var templateValues: [String: String] { get }

    /// Creates an id from the values that were found in a URL in the places that a template names.
    init?(templateValues: [String: String])
}

extension FetchID {
    /// The id's text under the name `id`.
    public var templateValues: [String: String] { ["id": description] }

    /// Reads the value of the name `id`.
    public init?(templateValues: [String: String]) {
        guard let text = templateValues["id"] else { return nil }
        self.init(text)
    }

    /// Reads an id from text that comes from outside.
    ///
    /// The text has to be the id's own: `+7` and `007` are not taken for 7, which a server may know as another job.
    init(parsing text: String, for endpoint: EndpointName) throws(FetchError) {
        do throws(FetchError) {
            try IDText.validate(text, endpoint: endpoint)
        } catch {
            throw error.taking(Self.expectation, by: endpoint)
        }
        guard let id = Self(text), id.description == text else {
            throw .invalidID(text, because: "\(endpoint) takes \(Self.expectation)", endpoint: endpoint)
        }
        self = id
    }
}

extension Int: FetchID {
    /// What an integer id looks like.
    public static var expectation: String { "an integer" }
}

extension Int64: FetchID {
    /// What an integer id looks like.
    public static var expectation: String { "an integer" }
}

extension String: FetchID {
    /// What a text id looks like.
    public static var expectation: String { "a text that isn't empty" }
}
