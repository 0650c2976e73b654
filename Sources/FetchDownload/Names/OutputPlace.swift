/// The place of an output among those of its job that are saved together.
package struct OutputPlace: Sendable {
    private let names: OutputNames
    private let index: Int

    /// - Parameters:
    ///   - index: The position of the output, from zero.
    ///   - names: The names of all outputs.
    package init(_ index: Int, of names: OutputNames) {
        self.names = names
        self.index = index
    }

    /// Returns the name of the output; see ``OutputNames/name(of:suggested:completedBy:)``.
    package func name(
        suggested suggestion: PlainFileName,
        completedBy complete: (PlainFileName) -> PlainFileName = { $0 }
    ) -> PlainFileName {
        names.name(of: index, suggested: suggestion, completedBy: complete)
    }
}
