#if canImport(Glibc)
    import FetchCore
    import FetchJobs
    import FetchSQLite
    import FetchTesting
    import Foundation
    import Glibc
    import Testing

    @Suite("Full disks", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
    struct FullDiskTests {
        /// Adds jobs until a call fails, and returns the number of jobs that were added.
        private static func fill(_ store: SQLiteJobStore) async throws -> (count: Int, error: JobStoreError) {
            var count = 0
            while count < 100_000 {
                do {
                    try await store.add(count + 1...count + 50, tenant: String(repeating: "t", count: 200))
                    count += 50
                } catch let error as JobStoreError {
                    return (count, error)
                }
            }
            return (count, JobStoreError(.unusable, "The disk is never full."))
        }

        @Test func `a full database keeps what it has, and goes on when there is space`() async throws {
            let database = try TestDatabase()
            let store = try database.store { $0.statements = ["PRAGMA max_page_count = 120"] }
            let (count, error) = try await Self.fill(store)
            #expect(error.code == .full && error.isRetryable)
            #expect(count > 100)
            #expect(try await store.overview().waitingJobs == count)
            #expect(try await store.problems() == [])
            let other = try database.store()
            try await other.add(1_000_001...1_000_050)
            #expect(try await other.problems() == [])
        }

        @Test func `a limit of the size of files is an error that can be retried`() async throws {
            let database = try TestDatabase()
            await #expect(processExitsWith: .success) { [path = database.path as String] in
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 2_000_000, rlim_max: 2_000_000)
                guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else { exit(3) }
                let store = try SQLiteJobStore(path: path)
                let (count, error) = try await Self.fill(store)
                print(error)
                // The library doesn't always keep the reason for which a file can't be written.
                guard [.full, .unavailable].contains(error.code) else { exit(4) }
                guard count > 100 else { exit(6) }
                guard try await store.overview().waitingJobs == count else { exit(5) }
                exit(0)
            }
            // Without the limit, the next process goes on.
            let store = try database.store()
            let count = try await store.overview().waitingJobs
            #expect(count > 100)
            try await store.add(1_000_001...1_000_050)
            #expect(try await store.overview().waitingJobs == count + 50)
            #expect(try await store.problems() == [])
        }

        @Test(arguments: ["folder", "file"])
        func `a folder or a file that can't be written is refused, and the jobs stay`(part: String) async throws {
            let database = try TestDatabase()
            do {
                let store = try database.store()
                try await store.add(1...3)
            }
            let isFolder = part == "folder"
            chmod(database.folder.path, isFolder ? 0o555 : 0o777)
            chmod(database.path, isFolder ? 0o666 : 0o444)
            defer { chmod(database.folder.path, 0o777) }
            await #expect(processExitsWith: .success) { [path = database.path as String] in
                // The superuser could write everywhere.
                if geteuid() == 0, setuid(65_534) != 0 { exit(3) }
                do {
                    _ = try SQLiteJobStore(path: path)
                    exit(4)
                } catch let error as JobStoreError {
                    print(error)
                    exit(error.code == .unusable ? 0 : 5)
                }
            }
            #expect(try await database.store().overview().waitingJobs == 3)
        }
    }
#endif
