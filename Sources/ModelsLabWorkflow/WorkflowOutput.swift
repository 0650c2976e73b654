public import FetchCore

/// The output of a completed workflow run.
public struct WorkflowOutput: FetchOutput, Hashable {
    /// The field `output` of the response, unchanged. Its shape depends on the workflow.
    public var value: JSONValue

    /// The steps of the run, in the order of the response.
    public var steps: [WorkflowStep]

    /// The duration of the run as measured by ModelsLab, or `nil` if the response has none.
    public var executionTime: Duration?

    /// Creates a workflow output, for example as the expected value in a test.
    public init(value: JSONValue, steps: [WorkflowStep] = [], executionTime: Duration? = nil) {
        self.value = value
        self.steps = steps
        self.executionTime = executionTime
    }

    /// The artifacts of the workflow's last step.
    ///
    /// They are read from the first member of ``value`` that isn't empty: `output`, `links`, `proxy_links` or
    /// `message`. If it has none of them, they are read from ``value`` itself.
    public var outputArtifacts: [Artifact] {
        let fields = ["output", "links", "proxy_links", "message"].lazy.compactMap { value[$0]?.nonEmptyArtifacts }
        return fields.first { !$0.isEmpty } ?? value.nonEmptyArtifacts
    }
}

extension JSONValue {
    /// The artifacts in the value, without the empty strings that ModelsLab sends instead of `null`.
    fileprivate var nonEmptyArtifacts: [Artifact] { outputArtifacts.filter { $0.content != .text("") } }
}

extension WorkflowOutput {
    init(fields: [String: JSONValue]) {
        self.init(
            value: fields["output"] ?? .null,
            steps: WorkflowStep.all(in: fields),
            executionTime: fields["execution"]?["execution_time"]?.number.flatMap(Duration.init(clampingSeconds:))
        )
    }
}
