import ArgumentParser
import FetchJobs

/// Frees the jobs of dead workers, and ends overdue ones.
struct QueuePruneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Free the jobs of dead workers, and end overdue jobs.",
        discussion: "Workers do it, too. Old outcomes are removed as the store's retention says."
    )

    @OptionGroup var store: StoreOptions

    func run() async throws {
        let store = try store.open()
        var (workers, returned, parked, overdue) = (0, 0, 0, 0)
        while true {
            let result = try await store.clearUp(limit: 1_000)
            workers += result.deadWorkers.count
            returned += result.returnedJobs
            parked += result.parkedJobs
            overdue += result.overdueJobs
            guard result.isIncomplete else { break }
        }
        Console.print("\(workers) dead workers, \(returned) jobs freed, \(parked) parked, \(overdue) overdue")
    }
}
