import FetchCore
import FetchJobs
import FetchPostgres

/// Samples from the section "PostgreSQL" of Documentation/DurableJobs.md and from the doc comments of FetchPostgres.
enum PostgresSamples {
    static func open() throws {
        let store = try PostgresJobStore("postgres://app:secret@db.example.com/app")
        print(store)
    }

    static func record(_ url: String) throws -> PostgresJobStore {
        let store = try PostgresJobStore(url) { outcomes, transaction in
            for outcome in outcomes {
                let id = SQLValue.text(outcome.job.job.description)
                try transaction.execute("UPDATE film SET state = 'done' WHERE job = $1", [id])
            }
        }
        return store
    }

    static func change(_ store: PostgresJobStore) async throws {
        print(try await store.migrationPlan())
        try await store.migrate()
        print(try await store.schemaStatus().problems)
    }
}
