import Synchronization

/// The names of the outputs of one job that are saved into one folder, each of which is a file of its own.
package final class OutputNames: Sendable {
    private struct State {
        var suggested = UsedNames()
        var complete = UsedNames()
    }

    private let state = Mutex(State())

    package init() {}

    /// Returns the name of an output: the suggested one, with a number if another output has it.
    ///
    /// The number belongs to the name without its final extension. So an output that was the first to suggest a name
    /// has no number, even if the content of another one is known earlier.
    ///
    /// - Parameters:
    ///   - output: The position of the output.
    ///   - suggestion: The name that the output should have. It may change, as by the header fields of a response.
    ///   - complete: Adds the extension of the content.
    /// - Returns: A name that no other output has.
    package func name(
        of output: Int,
        suggested suggestion: PlainFileName,
        completedBy complete: (PlainFileName) -> PlainFileName = { $0 }
    ) -> PlainFileName {
        state.withLock { state in
            let numbered = state.suggested.take(suggestion, for: output)
            return state.complete.take(complete(numbered), for: output)
        }
    }
}
