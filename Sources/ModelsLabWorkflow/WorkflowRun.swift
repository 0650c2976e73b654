public import FetchCore

/// A run of a workflow: `6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/12345` as text.
public struct WorkflowRun: FetchID {
    /// The workflow's id, a UUID by the documents.
    public var workflow: String

    /// The execution's id.
    public var run: Int64

    /// Creates the id of a run.
    public init(workflow: String, run: Int64) {
        self.workflow = workflow
        self.run = run
    }

    /// Reads an id, or nil where the text isn't a workflow's id, a slash and an integer.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, let run = Int64(parts[1]) else { return nil }
        self.init(workflow: String(parts[0]), run: run)
    }

    /// What such an id looks like.
    public static let jobIDExpectation = "a workflow's id and an execution's, such as 6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/7"

    /// The workflow's id, a slash and the execution's.
    public var description: String { "\(workflow)/\(run)" }
}
