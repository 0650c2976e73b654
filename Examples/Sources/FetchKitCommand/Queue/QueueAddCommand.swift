import ArgumentParser
import FetchCore
import FetchJobs

/// Adds jobs to a store.
struct QueueAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add jobs to a store; those that it has aren't added again.",
        usage: "fetchkit queue add <job> ... [--store <store>] [<options>]"
    )

    /// The number of jobs of one transaction.
    private static let batchSize = 500

    @OptionGroup var arguments: JobArguments
    @OptionGroup var store: StoreOptions

    @Option(
        name: .customLong("deadline"),
        parsing: .unconditional,
        help: ArgumentHelp("The time limit of each job. (default: 24h)", valueName: "time"),
        transform: { try TimeLimit($0) }
    )
    var deadline: TimeLimit?

    @OptionGroup var manifests: ManifestOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let mailbox = EventMailbox([])
        let parser = JobParser(registry: try manifests.registry())
        let source = try JobSource(arguments.jobs, parser: parser, mailbox: mailbox)
        let store = try store.open()
        var jobs: [DurableJob] = []
        for try await job in source {
            _ = mailbox.take()
            let limit = JobDeadline.afterAdding(deadline?.duration ?? .seconds(86_400))
            jobs.append(DurableJob(job.job, submitted: job.submitted, deadline: limit))
            if jobs.count == Self.batchSize {
                try await add(jobs, to: store)
                jobs = []
            }
        }
        if !jobs.isEmpty { try await add(jobs, to: store) }
        let rejections = mailbox.takeRejections()
        for (line, error) in rejections { Console.printError("Error: line \(line): \(error.message)") }
        if !rejections.isEmpty { throw ExitStatus.usage }
    }

    private func add(_ jobs: [DurableJob], to store: any JobStore) async throws {
        for (job, result) in zip(jobs, try await store.add(jobs)) {
            let state =
                switch result {
                case .added: "added"
                case .alreadyWaiting: "waiting"
                case .alreadyEnded(let outcome): outcome.end.kind.rawValue
                }
            Console.print(QueueLine(id: result.id, job: job.job, state: state).text(output.format))
        }
    }
}
