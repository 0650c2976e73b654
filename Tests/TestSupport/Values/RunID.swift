import FetchCore

/// An ID of two values: the path of a workflow, which may contain slashes, and the number of a run.
package struct RunID: FetchID {
    package var workflow: String
    package var run: Int

    package static let jobIDExpectation = "a workflow and a run number, such as upscale/7"
    package var description: String { "\(workflow)/\(run)" }

    package init(workflow: String, run: Int) {
        (self.workflow, self.run) = (workflow, run)
    }

    package init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard let last = parts.last, let run = Int(last), parts.count > 1 else { return nil }
        self.init(workflow: parts.dropLast().joined(separator: "/"), run: run)
    }
}
