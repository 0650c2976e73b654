import FetchCore
import Synchronization

/// The progress of several downloads together.
final class OutputsProgress: Sendable {
    private struct State {
        var outputs: [DownloadProgress?]
        var running: Int
        var lastReport: DownloadProgress?
    }

    private let state: Mutex<State>
    private let throttle: ReportThrottle
    private let report: @Sendable (DownloadProgress) -> Void

    /// - Parameters:
    ///   - count: The number of downloads.
    ///   - clock: Measures the time between two reports.
    ///   - report: Receives the progress.
    init(
        of count: Int,
        _ clock: any Clock<Duration>,
        _ report: @escaping @Sendable (DownloadProgress) -> Void
    ) {
        state = Mutex(State(outputs: Array(repeating: nil, count: count), running: count))
        throttle = ReportThrottle(clock)
        self.report = report
    }

    /// Notes the progress of one download. The sum of all is reported if it is due.
    func note(_ progress: DownloadProgress, of index: Int) {
        // Reporting with the lock keeps the order of the reports.
        state.withLock { state in
            state.outputs[index] = progress
            if throttle.isDue() { reportSum(&state) }
        }
    }

    /// Notes the end of one download. After that of the last one, the sum is reported.
    ///
    /// - Parameters:
    ///   - index: The position of the download.
    ///   - file: The whole file. `nil` if the download has failed.
    func end(_ index: Int, with file: SavedFile?) {
        state.withLock { state in
            if let file {
                state.outputs[index] = DownloadProgress(bytes: file.bytes, totalBytes: file.bytes)
            }
            state.running -= 1
            if throttle.isDue() || state.running == 0 { reportSum(&state) }
        }
    }

    private func reportSum(_ state: inout State) {
        // As long as a download hasn't begun, nothing is known of its length.
        let sum = state.outputs.reduce(DownloadProgress(bytes: 0, totalBytes: 0)) { sum, output in
            DownloadProgress(
                bytes: sum.bytes + (output?.bytes ?? 0),
                totalBytes: sum.totalBytes.flatMap { total in output?.totalBytes.map { total + $0 } }
            )
        }
        guard sum != state.lastReport else { return }
        state.lastReport = sum
        report(sum)
    }
}
