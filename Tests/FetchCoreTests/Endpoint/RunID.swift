import FetchCore

/// An ID of two values: the path of a workflow, which may contain slashes, and the number of a run.
struct RunID: FetchID {
    var workflow: String
    var run: Int

    static let jobIDExpectation = "a workflow and a run number, such as upscale/7"
    var description: String { "\(workflow)/\(run)" }

    init(workflow: String, run: Int) {
        (self.workflow, self.run) = (workflow, run)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/")
        guard let last = parts.last, let run = Int(last), parts.count > 1 else { return nil }
        self.init(workflow: parts.dropLast().joined(separator: "/"), run: run)
    }
}
