#if os(Linux) && canImport(Glibc)
    import FetchCore
    import FetchJobs
    import FetchSQLite
    import FetchTesting
    import Foundation
    import Glibc
    import Synchronization
    import TestSupport
    import Testing

    /// Stores in processes that are killed while they write.
    @Suite(
        "Stores of killed processes",
        .enabled(if: TestDatabase.isSupported, TestDatabase.note),
        .timeLimit(.minutes(10))
    )
    struct KilledStoreTests {
        /// The number of processes: 24, or what the environment says.
        private static let count =
            ProcessInfo.processInfo.environment["FETCHKIT_KILLED_PROCESSES"].flatMap { Int($0) } ?? 24

        @Test func `of processes that are killed at any statement or moment, each leaves all that calls have returned`()
            async throws
        {
            let database = try TestDatabase()
            _ = try database.store()
            var random = SplitMix64(seed: 16)
            for round in 1...Self.count {
                // Half of them die at a statement, and half at some moment, also within a call of the system.
                let statement = round % 2 == 0 ? Int.random(in: 1...150, using: &random) : nil
                let delay = UInt32.random(in: 200...30_000, using: &random)
                await #expect(processExitsWith: .signal(SIGKILL)) {
                    [
                        path = database.path as String, log = Self.log(of: database) as String, round = round as Int,
                        statement = statement as Int?, delay = delay as UInt32
                    ] in
                    try await Self.work(path, log, round, dyingAt: statement, after: delay)
                }
                try await Self.check(database, round)
            }
            let clock = TrialClock()
            clock.advance(by: .seconds(500_000_000))
            let store = try database.store(clock: clock)
            while try await store.clearUp(limit: 1_000).isIncomplete {}
            try await store.retry(try await store.jobs(JobPage(.parked, limit: 10_000)).map(\.id))
            #expect(try await store.overview().fleet.workers == [])
            #expect(try await store.number("SELECT count(*) FROM fetchkit_job WHERE worker IS NOT NULL") == 0)
        }

        private static func log(of database: TestDatabase) -> String { database.path + ".log" }

        /// Adds, leases and records jobs until the process dies, and writes down what the calls have returned.
        private static func work(
            _ path: String,
            _ log: String,
            _ round: Int,
            dyingAt statement: Int?,
            after delay: UInt32
        ) async throws {
            let statements = Mutex(0)
            let isReady = Mutex(false)
            var environment = SQLiteEnvironment()
            environment.hook = { event in
                guard let statement, isReady.withLock(\.self), !event.isAfter else { return }
                let isLast = statements.withLock { count in
                    count += 1
                    return count == statement
                }
                if isLast { kill(getpid(), SIGKILL) }
            }
            let store = try SQLiteJobStore(path: path, .init(), environment)
            isReady.withLock { $0 = true }
            let descriptor = open(log, O_WRONLY | O_APPEND | O_CREAT, 0o600)
            if statement == nil {
                Thread.detachNewThread {
                    usleep(delay)
                    kill(getpid(), SIGKILL)
                }
            }
            let worker = try await store.register()
            var number = 0
            while true {
                let jobs = try (1...20).map { try DurableJob("example.video:\(round)-\(number + $0)") }
                let added = try await store.add(jobs)
                number += jobs.count
                report("added", added.map(\.id), to: descriptor)
                let leased = try await store.lease(15, by: worker)
                let recorded = try await store.record(Array(leased.prefix(10)), by: worker)
                report("ended", Array(recorded), to: descriptor)
                try await store.giveBack(leased.dropFirst(10).map { ReturnedJob($0) }, by: worker)
                let taken = try await store.takeDeliveries(limit: 5, for: .seconds(1)).map(\.id)
                try await store.acknowledge(taken)
                report("acknowledged", taken, to: descriptor)
            }
        }

        /// Appends a line with one call of the system, so that it is there or not.
        private static func report(_ event: String, _ ids: [StoredJobID], to descriptor: Int32) {
            let line = "\(event) \(ids.map(\.description).joined(separator: " "))\n"
            _ = line.withCString { write(descriptor, $0, strlen($0)) }
        }

        /// Checks that everything is there that a call of a process has returned.
        private static func check(_ database: TestDatabase, _ round: Int) async throws {
            let store = try database.store()
            #expect(try await store.problems() == [], "round \(round)")
            let waiting = try await ids(store, "SELECT id FROM fetchkit_job")
            let ended = try await ids(store, "SELECT id FROM fetchkit_outcome")
            let undelivered = try await ids(store, "SELECT outcome FROM fetchkit_delivery")
            let lines = (try? String(contentsOfFile: log(of: database), encoding: .utf8)) ?? ""
            for line in lines.split(separator: "\n") {
                let words = line.split(separator: " ")
                let numbers = Set(words.dropFirst().compactMap { Int64($0) })
                switch words.first {
                case "added": #expect(numbers.isSubset(of: waiting.union(ended)), "round \(round)")
                case "ended": #expect(numbers.isSubset(of: ended), "round \(round)")
                default: #expect(numbers.isDisjoint(with: undelivered), "round \(round)")
                }
            }
        }

        private static func ids(_ store: SQLiteJobStore, _ statement: String) async throws -> Set<Int64> {
            Set(
                try await store.execute(statement).compactMap { row in
                    if case .integer(let number)? = row.first { number } else { nil }
                }
            )
        }

        @Test func `two processes share a file, and each job ends once`() async throws {
            let database = try TestDatabase()
            let store = try database.store(clock: TrialClock())
            let logs = ["one", "two"].map { database.path + "." + $0 }
            await withTaskGroup(of: Void.self) { group in
                for (index, log) in logs.enumerated() {
                    group.addTask {
                        await #expect(processExitsWith: .success) {
                            [path = database.path as String, log = log as String, index = index as Int] in
                            try await Self.share(path, log, firstNumber: index * 1_000)
                        }
                    }
                }
            }
            let ended = try logs.map { log in
                try String(contentsOfFile: log, encoding: .utf8).split(whereSeparator: \.isWhitespace)
                    .compactMap { Int64($0) }
            }
            #expect(Set(ended[0]).isDisjoint(with: ended[1]))
            #expect(ended[0].count + ended[1].count == 800)
            #expect(try await store.overview().waitingJobs == 0)
            #expect(try await store.number("SELECT count(*) FROM fetchkit_outcome") == 800)
            #expect(try await store.problems() == [])
        }

        /// Adds 400 jobs, and ends jobs of both processes until all have ended.
        private static func share(_ path: String, _ log: String, firstNumber: Int) async throws {
            let store = try SQLiteJobStore(path: path)
            let descriptor = open(log, O_WRONLY | O_APPEND | O_CREAT, 0o600)
            let worker = try await store.register()
            for number in 0..<20 {
                let first = firstNumber + number * 20
                try await store.add(first + 1...first + 20)
                let leased = try await store.lease(15, by: worker)
                report("ended", Array(try await store.record(leased, by: worker)), to: descriptor)
                guard try await store.renew(FleetWorker(id: worker), timeToLive: .seconds(60)) != nil else { exit(3) }
            }
            // The other one may still add some.
            while try await store.number("SELECT last_job FROM fetchkit_state") ?? 0 < 800 { usleep(1_000) }
            while try await store.overview().waitingJobs > 0 {
                let leased = try await store.lease(15, by: worker)
                report("ended", Array(try await store.record(leased, by: worker)), to: descriptor)
                if leased.isEmpty { usleep(1_000) }
            }
            exit(0)
        }
    }
#endif
