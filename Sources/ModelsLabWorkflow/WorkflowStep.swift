import FetchCore

/// A step of a workflow run.
public struct WorkflowStep: Sendable, Hashable {
    /// The name of the step, as declared by the workflow.
    public var name: String

    /// ModelsLab's status of the step, such as `completed`. `nil` if the response has none.
    public var status: String?

    /// Creates a step, for example as the expected value in a test.
    public init(name: String, status: String? = nil) {
        self.name = name
        self.status = status
    }

    /// Returns the steps in a response.
    ///
    /// Invalid elements are skipped: a result must not be lost because of its list of steps.
    static func all(in fields: [String: JSONValue]) -> [Self] {
        (fields["steps"]?.array ?? []).compactMap { step in
            step["name"]?.string.map { Self(name: $0, status: step["status"]?.string) }
        }
    }

    /// Returns the name of the running step, or `nil` if no step is running.
    static func nameOfRunningStep(in fields: [String: JSONValue]) -> String? {
        all(in: fields).last { $0.status == "running" }?.name
    }
}
