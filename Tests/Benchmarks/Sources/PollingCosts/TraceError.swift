/// An error about an invalid or too short trace.
package struct TraceError: Error, Hashable, CustomStringConvertible {
    /// The path or name of the trace.
    package var trace: String

    /// The description of the problem.
    package var message: String

    package init(_ trace: String, _ message: String) {
        self.trace = trace
        self.message = message
    }

    /// The trace and the message on one line.
    package var description: String { "\(trace): \(message)" }
}
