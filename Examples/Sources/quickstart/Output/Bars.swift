import FetchCore

/// An output that draws a progress bar for each job and updates it in place.
actor Bars: Output {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private let nameWidth: Int
    private var bars: [Bar]
    private var isDrawn = false

    init(_ jobs: [JobReference]) {
        start = clock.now
        bars = jobs.map { Bar(job: $0) }
        nameWidth = min(jobs.map(\.description.count).max() ?? 0, 40)
    }

    func show(_ event: JobEvent) {
        guard let index = bars.firstIndex(where: { $0.job == event.job }) else { return }
        bars[index].apply(event.kind, at: clock.now - start)
        draw()
    }

    func animate() async {
        while !Task.isCancelled {
            draw()
            try? await clock.sleep(for: .milliseconds(100))
        }
    }

    func finish() {
        draw()
        Console.print("")
        for bar in bars {
            let outcome: [String]
            switch bar.end {
            case .update(let update)?: outcome = update.outcome
            case .saved(let result)?: outcome = result.outcome
            default: continue
            }
            Console.print(bar.job.description)
            for line in outcome { Console.print("  \(line)") }
        }
        for error in bars.flatMap({ $0.end?.errors ?? [] }) { Console.printError(error.description.printable) }
    }

    /// Draws all bars with a single write, which avoids flicker and leaves the cursor below them after an interrupt.
    private func draw() {
        let elapsed = clock.now - start
        let moveUp = isDrawn ? "\u{1B}[\(bars.count)A" : ""
        let noWrap = "\u{1B}[?7l"
        let wrap = "\u{1B}[?7h"
        let clearRest = "\u{1B}[K"
        let lines = bars.map { "\r\($0.line(at: elapsed, nameWidth: nameWidth))\(clearRest)\n" }
        Console.write(moveUp + noWrap + lines.joined() + wrap)
        isDrawn = true
    }
}
