import FetchCore
import Synchronization

/// A throttle of the reports of a progress: one in a tenth of a second.
final class ReportThrottle: Sendable {
    private static let interval = Duration.milliseconds(100)

    private let timeline: Timeline
    private let nextReport = Mutex(Duration.zero)

    init(_ clock: any Clock<Duration>) { timeline = Timeline(clock) }

    /// Returns true if a report is due, which is made then. The next interval begins.
    func isDue() -> Bool {
        let now = timeline.now
        return nextReport.withLock { nextReport in
            guard nextReport <= now else { return false }
            nextReport = now + Self.interval
            return true
        }
    }
}
