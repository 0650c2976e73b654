import FetchCore

/// What is known of one job, as a line of text that fits on a screen of 80 columns.
struct Bar {
    let job: JobReference

    /// The last event of the job, once it has ended.
    private(set) var end: JobEvent.News?

    private var endTime: Duration = .zero
    private var lastETA: Duration?
    private var expectedEnd: Duration?
    private var words = "no answer yet"

    init(job: JobReference) {
        self.job = job
    }

    mutating func note(_ news: JobEvent.News, at elapsed: Duration) {
        endTime = elapsed
        if case .retry(let retry) = news {
            words = "\(retry.error.code), next request in \(retry.nextRequest.rounded) s"
            return
        }
        guard case .update(let update) = news else {
            end = news
            return
        }
        guard case .pending(let progress) = update.state else {
            end = news
            return
        }
        words = update.count
        // A server that repeats its ETA isn't counting down.
        if let eta = progress.eta, eta != lastETA {
            lastETA = eta
            expectedEnd = elapsed + eta
        }
    }

    /// The line at a moment.
    func line(at elapsed: Duration, nameWidth: Int) -> String {
        let name = job.description.printable.prefix(nameWidth)
        let padding = String(repeating: " ", count: nameWidth - name.count)
        return "\(name)\(padding)  \(bar(at: elapsed))  \(text(at: elapsed))"
    }

    private func text(at elapsed: Duration) -> String {
        switch end {
        case nil: "\(elapsed.rounded) s  \(words)"
        case .update(let update): "\(endTime.rounded) s  \(update.summary)"
        case .error(let error): "\(endTime.rounded) s  \(error.code)"
        case .retry: "\(elapsed.rounded) s  \(words)"
        }
    }

    private func bar(at elapsed: Duration) -> String {
        let width = 18
        let cells: Range<Int>
        if case .update(let update)? = end, case .succeeded = update.state {
            cells = 0..<width
        } else if end != nil {
            cells = 0..<0
        } else if let expectedEnd, expectedEnd > .zero {
            // An estimate is not a promise: the last cell is for the end alone.
            cells = 0..<Int(min(elapsed / expectedEnd, 1) * Double(width - 1))
        } else {
            // Without an estimate only a block that moves: something is going on.
            let position = Int(elapsed / .milliseconds(100)) % (width - 3)
            cells = position..<position + 4
        }
        return (0..<width).map { cells.contains($0) ? "█" : "░" }.joined()
    }
}
