import FetchCore
import Foundation
import Measuring
import Synchronization

/// The cost of many waits for the same jobs, and the lateness of other fetches beside them.
struct SharedJobFigure: Codable {
    var benchmark = "poll-scale"
    var waits: Int
    var waitsPerJob: Int
    /// The CPU time of each wait in microseconds, from its beginning to its result.
    var cpuPerWait = 0.0
    /// The fetches of other jobs beside the waits.
    var fetches = 0
    /// The median and the 99th percentile of the time from the moment at which a fetch should begin to its end, in
    /// milliseconds.
    var latenessMedian = 0.0
    var latenessP99 = 0.0

    var line: String {
        Report.column("\(waits) waits, \(waitsPerJob) a job", 30)
            + Report.column("CPU \(cpuPerWait.shown) µs per wait", 26)
            + "other fetches late \(latenessMedian.shown) / \(latenessP99.shown) ms"
    }
}

/// A comparison of many waits for one job with the same number of waits for many jobs.
struct SharedJobComparison: Encodable {
    var benchmark = "poll-scale"
    var waits: Int
    var cpuRatio: Double

    init(one: SharedJobFigure, many: SharedJobFigure) {
        waits = one.waits
        cpuRatio = one.cpuPerWait / many.cpuPerWait
    }

    var line: String {
        "waits for one job: × \(cpuRatio.shown) the CPU time of \(waits) waits for jobs of 200 waits each"
    }
}

/// The measurement of waits that share jobs, in this process.
struct SharedJobMeasurement {
    let waits: Int
    let waitsPerJob: Int

    /// The time over which the waits begin, and the time after which the jobs are done, in seconds from the start of
    /// the waits.
    private static let (beginning, duration) = (2.0, 5.0)
    private static let gap = 0.5
    private static let fetchInterval = 0.005

    func measured() async throws -> SharedJobFigure {
        let transport = AgingTransport()
        let client = FetchClient(
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(minimumGap: .milliseconds(10), schedule: .fixed(.seconds(Self.gap))),
                limits: FetchLimits(requestsInFlight: 1_000)
            )
        )
        var figure = SharedJobFigure(waits: waits, waitsPerJob: waitsPerJob)
        let fetches = Task { try await Self.fetches(client) }
        // The fetches alone, for comparison.
        let alone = Usage()
        try await Task.sleep(for: .seconds(1))
        let idleLoad = alone.spent
        let usage = Usage()
        transport.begin(.seconds(Self.duration))
        try await withThrowingDiscardingTaskGroup { group in
            for wait in 0..<waits {
                if wait.isMultiple(of: 100) {
                    try await Task.sleep(for: .seconds(100 * Self.beginning / Double(waits)))
                }
                group.addTask { _ = try await client.result(QueuedEndpoint(), id: wait / waitsPerJob) }
            }
        }
        let spent = usage.spent
        fetches.cancel()
        let lateness = try await fetches.value.sorted()
        figure.cpuPerWait = (spent.cpu - idleLoad.cpu / idleLoad.wall * spent.wall) / Double(waits) * 1e6
        figure.fetches = lateness.count
        figure.latenessMedian = lateness[lateness.count / 2]
        figure.latenessP99 = lateness[lateness.count * 99 / 100]
        return figure
    }

    /// Fetches another job at intervals until the task is cancelled, and returns the lateness of each fetch in
    /// milliseconds.
    private static func fetches(_ client: FetchClient) async throws -> [Double] {
        let start = ContinuousClock.now
        return await withTaskGroup(of: Double?.self) { group in
            for number in 1... {
                let due = start + .seconds(fetchInterval * Double(number))
                guard (try? await Task.sleep(until: due)) != nil else { break }
                group.addTask {
                    // A fetch that was cancelled has no lateness.
                    guard (try? await client.fetch(QueuedEndpoint(), id: -number)) != nil else { return nil }
                    return (ContinuousClock.now - due) / .milliseconds(1)
                }
            }
            return await group.reduce(into: []) { if let late = $1 { $0.append(late) } }
        }
    }
}

/// A transport that responds from memory, and reports all jobs as done from a time on.
private final class AgingTransport: FetchTransport {
    private let end = Mutex<ContinuousClock.Instant?>(nil)

    private static let pending = FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
    private static let done = FetchResponse(status: 200, body: Data(#"{"status":"done"}"#.utf8))

    /// Has the jobs done after a duration.
    func begin(_ duration: Duration) { end.withLock { $0 = .now + duration } }

    /// Always true, since `send` takes no time.
    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        end.withLock { $0.map { $0 <= .now } ?? false } ? Self.done : Self.pending
    }
}
