import ArgumentParser
import FetchCore
import FetchJobs

/// Ends the wait for jobs of a store.
struct QueueCancelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: "End the wait for jobs. The provider isn't informed.",
        usage: "fetchkit queue cancel <job> ... [--store <store>]"
    )

    @Argument(help: ArgumentHelp("The jobs, as endpoint:id.", valueName: "job"))
    var jobs: [String]

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let jobs = try jobs.map { try JobReference(argument: $0) }
        let store = try store.open()
        var status = ExitStatus.succeeded
        for job in jobs {
            if let outcome = try await store.cancel(job, tenant: nil) {
                Console.print(QueueLine(outcome).text(output.format))
            } else {
                Console.printError("Error: \(job) isn't in the store.".printable)
                status = .usage
            }
        }
        guard status == .succeeded else { throw status }
    }
}
