package import FetchCore

/// The jobs of a command line, and those of standard input if `-` is among them.
///
/// Lines are read only as fast as the batch takes them. A line that isn't a job is reported, and skipped.
package struct JobSource: AsyncSequence, Sendable {
    package typealias Element = QueuedJob

    /// The jobs that are known before standard input is read, without duplicates.
    package let knownJobs: [JobReference]
    /// True if more jobs are read from standard input.
    package let readsInput: Bool

    private let parser: JobParser?
    private let mailbox: EventMailbox

    /// Creates a source of jobs that are known.
    init(_ jobs: [JobReference], mailbox: EventMailbox) {
        (knownJobs, readsInput, parser) = (jobs, false, nil)
        self.mailbox = mailbox
    }

    /// Creates a source from arguments, all of which are checked before the first request.
    ///
    /// - Parameters:
    ///   - arguments: The jobs. `-` stands for standard input.
    ///   - parser: Reads the jobs.
    ///   - mailbox: Receives the jobs when they are added, and the lines that aren't jobs.
    /// - Throws: ``UsageError`` for the first argument that isn't a job.
    package init(_ arguments: [String], parser: JobParser, mailbox: EventMailbox) throws {
        var (jobs, seen): ([JobReference], Set<JobReference>) = ([], [])
        for argument in arguments where argument != "-" {
            let job = try parser.job(argument)
            if seen.insert(job).inserted { jobs.append(job) }
        }
        knownJobs = jobs
        readsInput = arguments.contains("-")
        self.parser = parser
        self.mailbox = mailbox
    }

    package func makeAsyncIterator() -> Iterator { Iterator(source: self) }

    package struct Iterator: AsyncIteratorProtocol {
        private let source: JobSource
        private var known: ArraySlice<JobReference>
        private var lines: InputLines?

        init(source: JobSource) {
            self.source = source
            known = source.knownJobs[...]
            lines = source.readsInput ? InputLines() : nil
        }

        package mutating func next() async throws -> QueuedJob? {
            let job = if let job = known.popFirst() { QueuedJob(job) } else { try await nextInInput() }
            if let job { source.mailbox.post(.added(job.submitted), of: job.job) }
            return job
        }

        private mutating func nextInInput() async throws -> QueuedJob? {
            while let line = try await lines?.next() {
                source.mailbox.noteLine(line.number)
                do {
                    if let job = try source.parser?.queuedJob(line.text) { return job }
                } catch let error as UsageError {
                    source.mailbox.reject(line.number, error)
                }
            }
            return nil
        }
    }
}
