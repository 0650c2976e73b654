import ArgumentParser
import FetchJobs
import FetchPostgres
import FetchSQLite

/// Shows and changes the tables of a store.
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: "Show, check or change the tables of a store.",
        subcommands: [StatusCommand.self, MigrateCommand.self, PlanCommand.self, ValidateCommand.self]
    )

    struct StatusCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status",
            abstract: "Show the version of the tables, and pending changes."
        )

        @OptionGroup var store: StoreOptions

        func run() async throws { try await SchemaCommand.show(SchemaCommand.status(store.location())) }
    }

    struct MigrateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "migrate",
            abstract: "Apply the pending changes of the tables."
        )

        @OptionGroup var store: StoreOptions

        func run() async throws {
            switch try store.location() {
            case .sqlite(let path): SchemaCommand.show(try SQLiteJobStore.migrate(path: path))
            case .postgres(let url): SchemaCommand.show(try await PostgresJobStore(url).migrate())
            }
        }
    }

    struct PlanCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "plan",
            abstract: "Print the SQL of the pending changes, and apply none."
        )

        @OptionGroup var store: StoreOptions

        func run() async throws {
            switch try store.location() {
            case .sqlite(let path):
                for change in try SQLiteJobStore.schemaStatus(path: path).pending {
                    Console.print("-- Change \(change.number): \(change.summary)")
                    for statement in change.statements { Console.print("\(statement);") }
                }
            case .postgres(let url):
                let plan = try await PostgresJobStore(url).migrationPlan()
                if !plan.isEmpty { Console.write(plan) }
            }
        }
    }

    struct ValidateCommand: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "validate",
            abstract: "Check the tables; status 5 if they aren't current."
        )

        @OptionGroup var store: StoreOptions

        func run() async throws {
            let status = try await SchemaCommand.status(store.location())
            SchemaCommand.show(status)
            if !status.isCurrent { throw ExitStatus.otherError }
        }
    }

    private static func status(_ location: StoreLocation) async throws -> SchemaStatus {
        switch location {
        case .sqlite(let path): try SQLiteJobStore.schemaStatus(path: path)
        case .postgres(let url): try await PostgresJobStore(url).schemaStatus()
        }
    }

    private static func show(_ status: SchemaStatus) {
        Console.print("version \(status.version)\(status.isCurrent ? ", current" : "")")
        for change in status.pending { Console.print("pending: \(change.number) \(change.summary)") }
        for problem in status.problems { Console.print("problem: \(problem)".printable) }
    }
}
