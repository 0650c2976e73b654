import ArgumentParser
import FetchCore
import Foundation
import Measuring

/// A benchmark of a client with many accounts: the memory that is left when they are done, and the cost of a fetch.
@main
struct Accounts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts",
        abstract: "Measures a client with one job for each of many accounts.",
        discussion: "Standard output has a JSON object, standard error a table. Exits with 1 if a bar is missed."
    )

    @Argument(help: "The number of accounts.")
    var accounts = 100_000

    @Option(help: "The number of fetches whose cost is measured.")
    var fetches = 20_000

    @Option(help: "How often the costs are measured in turn.")
    var rounds = 5

    func validate() throws {
        guard accounts >= 10, fetches > 0, rounds > 0 else {
            throw ValidationError("There must be ten accounts, a fetch and a round at least.")
        }
    }

    func run() async throws {
        let figure = try await AccountsMeasurement(accounts: accounts, fetches: fetches, rounds: rounds).figure()
        try Report.write(figure, line: figure.table)
        guard figure.memoryRatio <= 1.1, figure.costRatio <= 1.2 else { throw ExitCode.failure }
    }
}
