import ArgumentParser
import FetchJobs

/// Lists the jobs of a store that wait or are parked.
struct QueueListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the jobs that wait, and those that are parked."
    )

    @Flag(help: "Only jobs that workers have given up, with the reason.")
    var parked = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let store = try store.open()
        for kind in parked ? [JobPage.Kind.parked] : [.waiting, .parked] {
            try await store.forEach(kind) { job in
                Console.print(QueueLine(job).text(output.format))
                return true
            }
        }
    }
}
