import FetchCore
import FetchJobs
import FetchPostgres
import FetchTesting
import Foundation
import Testing

extension PostgresTests {
    /// The connection is lost before and after the nth message, for each n.
    @Suite("Lost connections at each message") struct InterruptionTests {
        /// Runs the jobs of the conformance suite, and returns the number of messages.
        private func run(
            _ interruption: StatementInterruption,
            recorder: OutcomeRecorder? = nil
        ) async throws -> Int {
            let database = try TestDatabase()
            let schema = TestDatabase.newSchema()
            let conformance = JobStoreConformance { date in
                let testing = PostgresJobStore.Testing(interruption: interruption, date: date)
                return try database.store(
                    in: schema,
                    configuration: .init(connections: 1),
                    testing: testing,
                    recorder: recorder
                )
            }
            let result = await Swift.Result.catching { try await conformance.checkInterruptedRun() }
            try await database.execute("DROP SCHEMA IF EXISTS \(schema) CASCADE")
            try result.get()
            return interruption.count
        }

        /// The numbers of messages to be interrupted: each if there are many random runs, otherwise each twelfth.
        private func numbers(of count: Int) -> StrideTo<Int> {
            stride(from: 1, to: count + 1, by: TestDatabase.randomRuns >= 100 ? 1 : 12)
        }

        @Test(arguments: [false, true])
        func `nothing is lost or doubled`(hasRecorder: Bool) async throws {
            var recorder: OutcomeRecorder?
            if hasRecorder { recorder = { _, transaction in try transaction.execute("SELECT 1", []) } }
            let count = try await run(StatementInterruption { _ in nil }, recorder: recorder)
            #expect(count > 40)
            for number in numbers(of: count) {
                for moment in [StatementInterruption.Moment.before, .after] {
                    let interruption = StatementInterruption { $0 == number ? moment : nil }
                    _ = try await run(interruption, recorder: recorder)
                    #expect(interruption.hasInterrupted)
                }
            }
        }
    }
}
