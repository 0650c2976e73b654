import FetchCore

/// The lines that `--quiet` prints: jobs that have succeeded, or the paths of saved files.
package struct QuietLines: Sendable {
    private let savesFiles: Bool

    /// - Parameter savesFiles: True if the paths of files are printed in place of jobs.
    package init(savesFiles: Bool) { self.savesFiles = savesFiles }

    /// Returns the lines for an event.
    package func lines(for event: JobEvent) -> [OutputLine] {
        switch event.kind {
        case .added, .requested, .pending, .retry, .saving: return []
        case .responded(let report): return [.error("\(event.job.description.printable)  \(report.text)")]
        case .ended(let outcome):
            if let error = outcome.result.error { return [.error(error.description.printable)] }
            return savesFiles ? [] : [OutputLine(event.job.description.printable)]
        case .saved(let result):
            return result.files.map { OutputLine($0.path.printable) }
                + result.errors.map { .error($0.description.printable) }
        }
    }
}
