/// The format of standard output.
package enum OutputFormat: Sendable {
    /// Lines to read.
    case text
    /// One JSON object per line.
    case json
    /// The jobs that have succeeded, or the paths of saved files, and nothing else.
    case quiet
}

/// The events that are printed on standard output.
package enum OutputDetail: Sendable {
    /// The end of each job.
    case ends
    /// Each change of each job.
    case changes
}
