public import FetchCore

/// What a finished run of a workflow yields.
public struct WorkflowOutput: FetchOutput, Hashable {
    /// The answer's field `output` as it came. What is in it is up to the workflow.
    public var value: JSONValue

    /// The steps of the run, in order.
    public var steps: [WorkflowStep]

    /// How long the run took, as ModelsLab measured it.
    public var executionTime: Duration?

    /// Creates an output.
    public init(value: JSONValue, steps: [WorkflowStep] = [], executionTime: Duration? = nil) {
        self.value = value
        self.steps = steps
        self.executionTime = executionTime
    }

    /// The answer of the workflow's last step: what is in its `output`, else in its `links`, its `proxy_links` or its
    /// `message`. A value that has none of these is the output itself.
    public var outputArtifacts: [Artifact] {
        let fields = ["output", "links", "proxy_links", "message"].lazy.compactMap { value[$0]?.pieces }
        return fields.first { !$0.isEmpty } ?? value.pieces
    }
}

extension JSONValue {
    /// What is in the value; ModelsLab writes an empty text for nothing.
    fileprivate var pieces: [Artifact] { outputArtifacts.filter { $0.content != .text("") } }
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
