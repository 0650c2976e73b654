import FetchCore

/// An id of two values, as the documentation of `FetchID` shows it.
struct RunID: FetchID {
    var workflow: String
    var run: Int

    static let expectation = "a workflow and a run number, such as upscale/7"
    var description: String { "\(workflow)/\(run)" }
    var templateValues: [String: String] { ["workflow": workflow, "run": String(run)] }

    init(workflow: String, run: Int) {
        (self.workflow, self.run) = (workflow, run)
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2, let run = Int(parts[1]) else { return nil }
        self.init(templateValues: ["workflow": String(parts[0]), "run": String(run)])
    }

    init?(templateValues: [String: String]) {
        guard let workflow = templateValues["workflow"], let run = templateValues["run"].flatMap({ Int($0) }) else {
            return nil
        }
        (self.workflow, self.run) = (workflow, run)
    }
}
