import FetchCore
import FetchJobs
import FetchPostgres
import Foundation
import Testing
import TestSupport

@Suite("URLs of databases") struct DatabaseURLTests {
    private static let isInstalled = (try? PostgresJobStore("postgres://localhost")) != nil

    @Test(
        .enabled(if: Self.isInstalled, "libpq isn't installed."),
        arguments: [
            "postgres://user:pa/ssw0rd@host/db", "postgres://user:pass@w0rd@host/db",
            "postgres://user:passw0rd%zz@host/db",
            "postgres://user:passw0rd@[host/db", "nonsense passw0rd", "host=h port=passw0rd", "passw0rd\0", "", " \n",
        ]
    )
    func `a malformed URL is refused without a word of it`(url: String) {
        let error = #expect(throws: JobStoreError.self) { try PostgresJobStore(url) }
        #expect(error?.code == .unusable)
        #expect(error?.description.contains("w0rd") == false)
    }

    @Test(
        .enabled(if: Self.isInstalled, "libpq isn't installed."),
        arguments: ["", "Upper", "pg_x", "a-b", "1a", "a b"]
    )
    func `a malformed name of a schema is refused`(name: String) {
        #expect(throws: JobStoreError.self) { try PostgresJobStore("postgres://localhost", schema: name) }
    }

    @Test(.enabled(if: Self.isInstalled, "libpq isn't installed."))
    func `no description contains the password`() async throws {
        let store = try PostgresJobStore("postgres://user:passw0rd@127.0.0.1:1/db?connect_timeout=1")
        var dumped = ""
        dump(store, to: &dumped)
        let error = await #expect(throws: JobStoreError.self) { try await store.overview() }
        #expect(error?.code == .unavailable)
        for text in ["\(store)", String(reflecting: store), dumped, "\(error as Any)"] {
            #expect(!text.contains("passw0rd"))
            #expect(!text.contains("user"))
        }
        #expect(error?.message.contains("127.0.0.1/db can't be reached: ") == true, "\(error as Any)")
    }
}

extension PostgresTests {
    @Suite("Connections that are refused") struct ConnectionTests {
        private func error(changing change: (inout URLComponents) -> Void) async throws -> JobStoreError? {
            var errors: [JobStoreError] = []
            for route in TestDatabase.routes {
                var components = try #require(URLComponents(string: try TestDatabase(route).url))
                change(&components)
                let store = try PostgresJobStore(try #require(components.string))
                let error = await #expect(throws: JobStoreError.self) { try await store.overview() }
                #expect(error?.description.contains("wr0ng") == false)
                error.map { errors.append($0) }
            }
            #expect(Set(errors.map(\.code)).count == 1, "\(errors)")
            return errors.first
        }

        @Test func `no password`() async throws {
            let error = try await error { $0.password = nil }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains("password") == true)
        }

        @Test func `a wrong password`() async throws {
            let error = try await error { $0.password = "wr0ng" }
            #expect(error?.code == .unusable)
            #expect(error?.message.contains("password") == true)
        }

        @Test func `a database that doesn't exist`() async throws {
            let error = try await error { $0.path = "/missing" }
            #expect(error?.code == .unusable)
        }

        @Test func `a server that doesn't exist`() async throws {
            let error = try await error { $0.port = 1 }
            #expect(error?.code == .unavailable)
            #expect(error?.isRetryable == true)
        }

        @Test func `the first of several hosts that accepts is used`() async throws {
            let database = try TestDatabase()
            let url = database.url.replacing("@127.0.0.1:", with: "@127.0.0.1:1,127.0.0.1:")
            let schema = TestDatabase.newSchema()
            let store = try PostgresJobStore(url, schema: schema)
            #expect(try await store.overview().waitingJobs == 0)
            try await database.execute("DROP SCHEMA \(schema) CASCADE")
        }

        @Test func `calls beyond the connections wait for their turn`() async throws {
            try await TestDatabase().withStore(configuration: .init(connections: 2)) { store, _ in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<50 { group.addTask { try await store.add(number..<number + 1) } }
                    try await group.waitForAll()
                }
                #expect(try await store.jobs(JobPage(.waiting)).count == 50)
            }
        }

        @Test func `what a job contains is never a statement`() async throws {
            try await TestDatabase().withStore { store, schema in
                let name = "'; DROP SCHEMA \(schema) CASCADE; --"
                for text in [
                    name, "\\" + name, "\\'" + name, "$$" + name, "E'\\" + name, "{" + name + "}", "\"" + name,
                ] {
                    try await store.add([DurableJob("example.video:1", tenant: text)])
                    let reference = try JobReference(endpoint: "example.video", id: text)
                    #expect(try await store.cancel(reference, tenant: text) == nil)
                    try await store.pause(ProviderAccount("example", AccountID(text)), for: nil, because: text)
                }
                let jobs = try await store.jobs(JobPage(.waiting))
                #expect(jobs.count == 7)
                #expect(try await store.overview().fleet.pauses.count == 7)
            }
        }
    }
}
