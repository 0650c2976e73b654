import FetchCore
import FetchDownload

/// The progress of one job as a line of text that fits into 80 columns.
struct Bar {
    let job: JobReference

    /// The last event of the job, once it has ended.
    private(set) var end: JobEvent.Kind?

    private var endTime: Duration = .zero
    private var lastETA: Duration?
    private var expectedEnd: Duration?
    private var statusText = "no response yet"

    /// The progress of saving the outputs, once that has begun.
    private var saving: DownloadProgress?

    init(job: JobReference) {
        self.job = job
    }

    mutating func apply(_ kind: JobEvent.Kind, at elapsed: Duration) {
        endTime = elapsed
        switch kind {
        case .retry(let retry): statusText = "\(retry.error.code), next request in \(retry.nextRequest.rounded) s"
        case .update(let update):
            guard case .pending(let progress) = update.state else {
                end = kind
                return
            }
            statusText = update.count
            // A repeated ETA is not a new estimate: the server isn't counting down.
            if let eta = progress.eta, eta != lastETA {
                lastETA = eta
                expectedEnd = elapsed + eta
            }
        case .saving(let progress):
            // The job was done, but isn't any more.
            (end, saving) = (nil, progress)
            statusText = progress.summary
        case .saved, .error: end = kind
        }
    }

    /// Returns the line to draw after an elapsed time.
    func line(at elapsed: Duration, nameWidth: Int) -> String {
        let name = job.description.printable.prefix(nameWidth)
        let padding = String(repeating: " ", count: nameWidth - name.count)
        return "\(name)\(padding)  \(bar(at: elapsed))  \(text(at: elapsed))"
    }

    private func text(at elapsed: Duration) -> String {
        switch end {
        case nil: "\(elapsed.rounded) s  \(statusText)"
        case .update(let update): "\(endTime.rounded) s  \(update.summary)"
        case .saved(let result): "\(endTime.rounded) s  \(result.summary)"
        case .error(let error): "\(endTime.rounded) s  \(error.code)"
        case .retry, .saving: "\(elapsed.rounded) s  \(statusText)"
        }
    }

    private func bar(at elapsed: Duration) -> String {
        let width = 18
        let cells: Range<Int>
        if end?.isSuccess == true {
            cells = 0..<width
        } else if end != nil {
            cells = 0..<0
        } else if let fraction = saving?.fraction {
            cells = 0..<Int(fraction * Double(width - 1))
        } else if saving == nil, let expectedEnd, expectedEnd > .zero {
            // The last cell is filled only when the job has succeeded, since the estimate may be wrong.
            cells = 0..<Int(min(elapsed / expectedEnd, 1) * Double(width - 1))
        } else {
            // Without an estimate, a moving block shows that something is going on.
            let position = Int(elapsed / .milliseconds(100)) % (width - 3)
            cells = position..<position + 4
        }
        return (0..<width).map { cells.contains($0) ? "█" : "░" }.joined()
    }
}

extension JobEvent.Kind {
    /// True if the job has succeeded, and its outputs are saved if they have to be.
    fileprivate var isSuccess: Bool {
        switch self {
        case .update(let update): if case .succeeded = update.state { true } else { false }
        case .saved(let result): result.errors.isEmpty
        case .retry, .saving, .error: false
        }
    }
}
