import ArgumentParser
import FetchCore
import FetchJobs

/// Shows the state or the outcome of a job of a store.
struct QueueShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show what a store knows of a job."
    )

    @Argument(help: ArgumentHelp("The job, as endpoint:id.", valueName: "job"))
    var job: String

    @OptionGroup var store: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let job = try JobReference(argument: job)
        let store = try store.open()
        if let outcome = try await store.outcome(of: job, tenant: nil) {
            return Console.print(QueueLine(outcome).text(output.format))
        }
        var stored: StoredJob?
        for kind in JobPage.Kind.allCases where stored == nil {
            try await store.forEach(kind) { candidate in
                if candidate.job.job == job { stored = candidate }
                return stored == nil
            }
        }
        guard let stored else { throw UsageError("\(job) isn't in the store.") }
        Console.print(QueueLine(stored).text(output.format))
    }
}

extension JobReference {
    /// Creates the reference of an argument, whose endpoint needn't be registered.
    ///
    /// - Parameter text: A string of the form `endpoint:id`.
    /// - Throws: ``UsageError`` if it isn't one.
    init(argument text: String) throws {
        do throws(FetchError) {
            try self.init(text)
        } catch {
            throw UsageError(error.description.printable)
        }
    }
}
