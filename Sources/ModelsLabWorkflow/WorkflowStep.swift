import FetchCore

/// A step of a workflow's run.
public struct WorkflowStep: Sendable, Hashable {
    /// What the workflow calls the step.
    public var name: String

    /// How far it is, in ModelsLab's own word, such as `completed`.
    public var status: String?

    /// Creates a step.
    public init(name: String, status: String? = nil) {
        self.name = name
        self.status = status
    }

    /// The steps that an answer lists. What is no step is left out: it must not cost a result.
    static func all(in fields: [String: JSONValue]) -> [Self] {
        (fields["steps"]?.array ?? []).compactMap { step in
            step["name"]?.string.map { Self(name: $0, status: step["status"]?.string) }
        }
    }

    /// The name of the step that is being done.
    static func running(in fields: [String: JSONValue]) -> String? {
        all(in: fields).last { $0.status == "running" }?.name
    }
}
