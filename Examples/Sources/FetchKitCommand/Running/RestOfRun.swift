/// What another run has to go on with, after a wait that has ended early.
package struct RestOfRun: Sendable, Hashable {
    /// True if a signal has ended the wait.
    package var isInterrupted = false
    /// The jobs that still run, each as a line that `-` reads.
    package var lines: [String] = []
    /// The number of lines that were read from standard input. `nil` if it wasn't read, or was read to its end.
    package var lastLine: Int?

    /// Creates a rest.
    package init(isInterrupted: Bool = false, lines: [String] = [], lastLine: Int? = nil) {
        self.isInterrupted = isInterrupted
        self.lines = lines
        self.lastLine = lastLine
    }

    /// The lines to print. Those that aren't jobs are comments, so that all of them can be read by `-` again.
    package var text: [String] {
        guard isInterrupted || !lines.isEmpty else { return [] }
        var text: [String] = []
        if isInterrupted {
            let rest = lines.count == 1 ? "1 job goes on" : "\(lines.count) jobs go on"
            text.append("# Interrupted. Nothing was cancelled: \(rest) at the provider.")
        } else {
            text.append("# Not waited for any longer:")
        }
        if let lastLine { text.append("# Standard input was read up to line \(lastLine).") }
        if !lines.isEmpty { text.append("# To go on, pass these lines to: fetchkit wait -") }
        return text + lines
    }
}
