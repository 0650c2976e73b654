/// The part of an output that can be stored: its items and its run time.
///
/// A ``JobOutcome`` that is encoded stores its output like this, and a decoded one has a value of this type in place of
/// the endpoint's own. Its ``outputArtifacts`` are those of the original.
///
/// ```swift
/// let output = StoredOutput([Artifact(link: url)])
/// ```
public struct StoredOutput: FetchOutput, Hashable, Codable {
    /// The items of the output, the main item first.
    public var outputArtifacts: [Artifact]

    /// The run time of the job. `nil` if its response didn't state it.
    public var outputDuration: Duration?

    /// The name of the output's own type, such as `LanternKit.Film`. `nil` if there was none. For logs: the value of
    /// that type can't be restored.
    public var typeName: String?

    /// Creates an output of items.
    ///
    /// - Parameters:
    ///   - artifacts: The items, the main item first.
    ///   - duration: The run time of the job. Defaults to none.
    public init(_ artifacts: [Artifact], duration: Duration? = nil) {
        outputArtifacts = artifacts
        outputDuration = duration
    }

    /// Creates the part of an output that can be stored. A stored output is taken as it is.
    public init(_ output: any FetchOutput) {
        if let stored = output as? StoredOutput {
            self = stored
        } else {
            self.init(output.outputArtifacts, duration: output.outputDuration)
            typeName = String(reflecting: type(of: output))
        }
    }
}

extension StoredOutput: CustomStringConvertible {
    /// The number of items and the name of the type, on one line.
    public var description: String {
        let items = outputArtifacts.count == 1 ? "1 artifact" : "\(outputArtifacts.count) artifacts"
        return items + (typeName.map { " of \($0)" } ?? "")
    }
}
