import ArgumentParser
import FetchCore
import FetchJobs

/// Shows the number of jobs, outcomes and workers of a store.
struct QueueStatsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stats",
        abstract: "Show the number of jobs, outcomes and workers."
    )

    @OptionGroup var store: StoreOptions

    @Flag(name: .customLong("json"), help: "Print one JSON object.")
    var isJSON = false

    func run() async throws {
        let overview = try await store.open().overview()
        let fields = [
            ("waiting", overview.waitingJobs), ("undelivered", overview.undeliveredOutcomes),
            ("workers", overview.fleet.workers.count), ("pauses", overview.fleet.pauses.count),
        ]
        if isJSON {
            let numbers = fields.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",")
            Console.print("{\(numbers),\"estimate\":\(overview.isEstimate),\"v\":1}")
        } else {
            let sign = overview.isEstimate ? "about " : ""
            Console.print("\(sign)\(overview.waitingJobs) jobs wait")
            Console.print("\(overview.undeliveredOutcomes) outcomes weren't delivered yet")
            Console.print("\(overview.fleet.workers.count) workers")
            for pause in overview.fleet.pauses { Console.print("paused: \(pause)".printable) }
        }
    }
}
