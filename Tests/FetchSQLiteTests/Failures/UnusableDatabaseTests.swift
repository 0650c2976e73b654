import FetchCore
import FetchJobs
import FetchSQLite
import FetchTesting
import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Databases that can't be used", .enabled(if: TestDatabase.isSupported, TestDatabase.note))
struct UnusableDatabaseTests {
    /// Returns the error of opening a store.
    private static func error(
        path: String,
        _ change: (inout SQLiteEnvironment) -> Void = { _ in }
    ) -> JobStoreError? {
        var environment = SQLiteEnvironment()
        change(&environment)
        var configuration = SQLiteJobStore.Configuration()
        configuration.lockTimeout = .milliseconds(50)
        return #expect(throws: JobStoreError.self) { try SQLiteJobStore(path: path, configuration, environment) }
    }

    @Test(arguments: ["", ":memory:", "a\u{0}b"])
    func `a path that isn't that of a file is refused`(path: String) {
        let error = Self.error(path: path)
        #expect(error?.code == .unusable)
        #expect(error?.remedy?.contains("InMemoryJobStore") == true)
    }

    @Test func `a folder that doesn't exist is named`() throws {
        let database = try TestDatabase()
        let error = Self.error(path: database.folder.appending(path: "missing/jobs.sqlite").path)
        #expect(error?.code == .unusable && error?.isRetryable == false)
        #expect(error?.description.contains("folder that exists") == true)
    }

    @Test func `a folder in place of a file is refused`() throws {
        let database = try TestDatabase()
        #expect(Self.error(path: database.folder.path)?.code == .unusable)
    }

    @Test(arguments: ["This isn't a database. " + String(repeating: "x", count: 200), "SQLite format 3\u{0}broken"])
    func `a file that isn't a database is left as it is`(content: String) throws {
        let database = try TestDatabase()
        let bytes = Data(content.utf8)
        try bytes.write(to: URL(filePath: database.path))
        let error = Self.error(path: database.path)
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("isn't an SQLite database") == true, "\(String(describing: error))")
        #expect(try Data(contentsOf: URL(filePath: database.path)) == bytes)
    }

    @Test func `a database whose pages are damaged is reported as damaged`() async throws {
        let database = try TestDatabase()
        do {
            let store = try database.store()
            try await store.add(1...500)
        }
        let url = URL(filePath: database.path)
        var bytes = try Data(contentsOf: url)
        for index in stride(from: 4_096, to: bytes.count, by: 7) { bytes[index] = 0xA5 }
        try bytes.write(to: url)
        let error = await #expect(throws: JobStoreError.self) {
            try await database.store().jobs(JobPage(.waiting))
        }
        #expect(error?.code == .unusable)
        #expect(error?.message.contains("is damaged") == true, "\(String(describing: error))")
    }

    @Test(.timeLimit(.minutes(1)))
    func `a database that another program keeps locked is unavailable for the time`() async throws {
        let database = try TestDatabase()
        var configuration = SQLiteJobStore.Configuration()
        configuration.lockTimeout = .milliseconds(50)
        let waiting = try database.store(configuration)
        try await waiting.add(1...1)
        let isReleased = Mutex(false)
        let holder = try database.store(recorder: { _, _ in
            // The transaction is open meanwhile.
            while !isReleased.withLock(\.self) { usleep(1_000) }
        })
        async let outcome = holder.cancel(JobReference("example.video:1"))
        var error: JobStoreError?
        while error == nil {
            do {
                try await waiting.resume(ProviderAccount("example"))
            } catch let caught as JobStoreError {
                error = caught
            }
        }
        isReleased.withLock { $0 = true }
        #expect(error?.code == .unavailable && error?.isRetryable == true)
        #expect(try await outcome?.end.kind == .cancelled)
        try await waiting.add(2...2)
    }

    @Test func `a library that is missing or too old is named, with the package to install`() {
        let missing = Result { () throws(JobStoreError) in try SQLiteLibrary(names: ["libnothing-9.so"]) }
        let old = Result { () throws(JobStoreError) in
            try SQLiteLibrary(names: ["libsqlite3.so.0", "/usr/lib/libsqlite3.dylib"], minimumVersion: 9_000_000)
        }
        for (library, message) in [(missing, "can't be loaded as libnothing-9.so"), (old, "is too old")] {
            let error = Self.error(path: "/tmp/none.sqlite") { $0.library = library }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains(message) == true)
            #expect(error?.remedy?.contains("libsqlite3-0") == true)
        }
    }

    @Test func `network file systems are recognised`() throws {
        let mounts = """
            21 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda rw
            36 21 0:52 / /home rw shared:2 - nfs4 server:/home rw,vers=4.2
            37 21 0:300 / /media/a\\040- rw - cifs //server/share rw
            """
        #expect(NetworkFileSystem.name(ofDevice: 254 << 8 | 1, mounts: mounts) == nil)
        #expect(NetworkFileSystem.name(ofDevice: 52, mounts: mounts) == "nfs4")
        #expect(NetworkFileSystem.name(ofDevice: 1 << 20 | 44, mounts: mounts) == "cifs")
        #expect(NetworkFileSystem.name(ofDevice: 53, mounts: mounts) == nil)
        #expect(NetworkFileSystem.name(ofFolder: "/tmp") == nil)
    }

    @Test func `jobs that are too large are refused, and the same job of two tenants is two jobs`() async throws {
        let database = try TestDatabase()
        let store = try database.store()
        let job = try DurableJob("example.video:1")
        var noted = job
        noted.note = .string(String(repeating: "x", count: 3_000))
        let long = try DurableJob("example.video:\(String(repeating: "1", count: 2_000))")
        for (invalid, part) in [(noted, "note"), (long, "reference")] {
            let error = await #expect(throws: JobStoreError.self) { try await store.add([job, invalid]) }
            #expect(error?.code == .invalidJob && error?.message.contains(part) == true)
        }
        #expect(try await store.overview().waitingJobs == 0)
        var other = job
        other.tenant = "t"
        let results = try await store.add([job, other, job])
        #expect(results[1] == .added(StoredJobID(rawValue: 2)))
        #expect(results[2] == .alreadyWaiting(StoredJobID(rawValue: 1)))
        #expect(try await store.add([other]) == [.alreadyWaiting(StoredJobID(rawValue: 2))])
    }
}
