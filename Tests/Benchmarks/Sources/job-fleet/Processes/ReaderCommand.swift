import ArgumentParser
import FetchJobs
import Foundation
import JobStores

/// The subcommand that reads deliveries, appends each to a file, and acknowledges it.
struct ReaderCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "reader", shouldDisplay: false)

    /// The share of the outcomes that take long, so that a process often ends between file and acknowledgement.
    private static let slowShare = 0.05

    @OptionGroup var options: StoreOptions
    @Option var file: String

    func run() async throws {
        ParentProcess.watch { Foundation.exit(0) }
        let store = try options.location(named: "job-fleet").open()
        guard let file = FileHandle(forWritingAtPath: file) else { throw ValidationError("\(file) can't be opened.") }
        while true {
            do {
                for try await delivery in store.deliveries(checkingEvery: .milliseconds(500)) {
                    try file.seekToEnd()
                    // A line that a killed process has begun ends before the next one.
                    let line = Data("\n".utf8) + (try JSONEncoder().encode(delivery.outcome))
                    try file.write(contentsOf: line + Data("\n".utf8))
                    if Double.random(in: 0..<1) < Self.slowShare { try await Task.sleep(for: .milliseconds(200)) }
                    try await delivery.acknowledge()
                }
            } catch let error as JobStoreError where error.isRetryable {
                try await Task.sleep(for: .seconds(1))
            }
        }
    }
}
