import ArgumentParser
import FetchCore
import FetchJobs

/// Lets workers poll parked jobs again.
struct QueueRetryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Let workers poll parked jobs again.",
        usage: "fetchkit queue retry <job> ... | --all [--store <store>]"
    )

    @Argument(help: ArgumentHelp("The jobs, as endpoint:id.", valueName: "job"))
    var jobs: [String] = []

    @Flag(help: "All parked jobs.")
    var all = false

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if all == !jobs.isEmpty { throw ValidationError("Pass either jobs or --all.") }
    }

    func run() async throws {
        let names = Set(try jobs.map { try JobReference(argument: $0) })
        let store = try store.open()
        var parked: [StoredJob] = []
        try await store.forEach(.parked) { job in
            if all || names.contains(job.job.job) { parked.append(job) }
            return true
        }
        try await store.retry(parked.map(\.id))
        for job in parked {
            Console.print(QueueLine(id: job.id, job: job.job.job, state: "waiting").text(output.format))
        }
        let missing = names.subtracting(parked.map(\.job.job))
        for job in missing { Console.printError("Error: \(job) isn't parked.".printable) }
        if !missing.isEmpty { throw ExitStatus.usage }
    }
}
