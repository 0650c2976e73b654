public import FetchCore

/// The id of a workflow run.
///
/// Its string form is the id of the workflow, a slash and the id of the run:
/// `6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/12345`.
public struct WorkflowRun: FetchID {
    /// The id of the workflow. ModelsLab's documentation uses UUIDs.
    public var workflow: String

    /// The id of the run, which ModelsLab calls an execution.
    public var run: Int64

    /// Creates an id from its two parts, which aren't validated.
    public init(workflow: String, run: Int64) {
        self.workflow = workflow
        self.run = run
    }

    /// Parses an id. Returns `nil` unless the string is a workflow id, a slash and an integer.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let run = Int64(parts[1]) else { return nil }
        self.init(workflow: String(parts[0]), run: run)
    }

    /// The description of a valid id, for error messages.
    public static let jobIDExpectation =
        "a workflow id, a slash and a run id, such as 6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/7"

    /// The id of the workflow, a slash and the id of the run.
    public var description: String { "\(workflow)/\(run)" }
}
