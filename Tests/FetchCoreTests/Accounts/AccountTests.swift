import FetchCore
import FetchTesting
import Foundation
import Synchronization
import Testing

@Suite("Accounts of a client") struct AccountTests {
    private let endpoint = KeyedEndpoint()

    @Test func `an account sends its own key, which is redacted in its results`() async throws {
        let harness = AccountHarness()
        let client = try harness.client()
        let tenant = client.account("tenant-7", credentials: .key("key-of-tenant-7"))
        let outputs = try await harness.clock.run {
            let typed = try await tenant.result(endpoint, id: "0")
            let named = try await tenant.result(JobReference("test.keyed:0-b")) as? String
            return [typed, named, try await client.result(endpoint, id: "0-c")]
        }
        #expect(outputs == ["0 of [redacted]", "0-b of [redacted]", "0-c of [redacted]"])
        #expect(harness.requests.map(\.key) == ["key-of-tenant-7", "key-of-tenant-7", "key-of-the-client-itself"])
        #expect(tenant.accountID == "tenant-7")
        #expect(client.accountID == nil)
    }

    @Test func `waits for a job share requests within an account, and not with another one`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let outputs = try await harness.clock.run {
            async let first = client.account("a").result(endpoint, id: "15")
            async let second = client.account("a").result(endpoint, id: "15")
            async let other = client.account("b").result(endpoint, id: "15")
            return try await [first, second, other]
        }
        #expect(outputs == Array(repeating: "15 of [redacted]", count: 3))
        #expect(harness.times(of: "key-of-a") == [0, 10, 20].map { .seconds($0) })
        #expect(harness.times(of: "key-of-b") == [0, 10, 20].map { .seconds($0) })
    }

    @Test func `each account has the requests in flight that the limits allow`() async throws {
        let harness = AccountHarness(latency: .seconds(10))
        let client = try harness.client(credentials: .ofEachAccount, limits: FetchLimits(requestsInFlight: 1))
        try await harness.clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (account, id) in [("a", "0-1"), ("a", "0-2"), ("b", "0-3")] as [(AccountID, String)] {
                    group.addTask { _ = try await client.account(account).result(endpoint, id: id) }
                }
                try await group.waitForAll()
            }
        }
        #expect(harness.times(of: "key-of-a") == [.zero, .seconds(10)])
        #expect(harness.times(of: "key-of-b") == [.zero])
    }

    @Test func `a provider that asks one account to wait gets the requests of others`() async throws {
        let harness = AccountHarness { key, _, time in
            guard key == "key-of-a", time < .seconds(30) else { return nil }
            return FetchResponse(status: 429, headers: ["Retry-After": "60"], body: Data())
        }
        let client = try harness.client(credentials: .ofEachAccount)
        try await harness.clock.run {
            async let refused = client.account("a").result(endpoint, id: "0")
            try await harness.clock.sleep(for: .seconds(1))
            _ = try await client.account("b").result(endpoint, id: "0")
            #expect(harness.clock.elapsed == .seconds(1))
            _ = try await refused
        }
        #expect(harness.times(of: "key-of-a") == [.zero, .seconds(60)])
    }

    @Test func `limits and pauses of an account change without those of others`() async throws {
        let harness = AccountHarness(latency: .seconds(10))
        let client = try harness.client(credentials: .ofEachAccount)
        let (one, other) = (client.account("a"), client.account("b"))
        one.setLimits(FetchLimits(requestsInFlight: 1), for: "test")
        one.pause("test", for: .seconds(5))
        try await harness.clock.run {
            async let first = one.result(endpoint, id: "0-1")
            async let second = one.result(endpoint, id: "0-2")
            async let third = other.result(endpoint, id: "0-1")
            async let fourth = other.result(endpoint, id: "0-2")
            _ = try await (first, second, third, fourth)
        }
        #expect(harness.times(of: "key-of-a") == [.seconds(5), .seconds(15)])
        #expect(harness.times(of: "key-of-b") == [.zero, .zero])
    }

    @Test func `new credentials of an account apply from its next request on, and both keys are redacted`()
        async throws
    {
        let harness = AccountHarness { _, id, time in
            guard id == "15", time >= .seconds(15) else { return nil }
            return FetchResponse(status: 200, body: Data("first-key-of-a and second-key-of-a".utf8))
        }
        let client = try harness.client()
        try await harness.clock.run {
            let tenant = client.account("a", credentials: .key("first-key-of-a"))
            async let output = tenant.result(endpoint, id: "15")
            try await harness.clock.sleep(for: .seconds(5))
            _ = client.account("a", credentials: .key("second-key-of-a"))
            let text = try await output
            #expect(text == "[redacted] and [redacted]")
        }
        #expect(harness.requests.map(\.key) == ["first-key-of-a", "second-key-of-a", "second-key-of-a"])
    }

    static let keysOfTheClientItself: [Credentials] = [
        .key("key-of-the-client-itself"),
        .dynamic { _ in APIKey("key-of-the-client-itself") },
        .environment(["TEST_API_KEY": "key-of-the-client-itself"]),
        .ofEachAccount.overriding("test") { _ in APIKey("key-of-the-client-itself") },
    ]

    @Test(arguments: keysOfTheClientItself)
    func `an account without credentials is never polled with the key of the client or of another account`(
        credentials: Credentials
    ) async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: credentials)
        let tenant = client.account("a", credentials: .key("key-of-tenant-a"))
        try await harness.clock.run {
            for client in [client, tenant] {
                let error = await #expect(throws: FetchError.self) {
                    try await client.account("b").result(endpoint, id: "0")
                }
                #expect(error?.code == .missingKey)
                #expect(error?.remedy?.contains("account “b”") == true)
                let queued = QueuedJob(try JobReference("test.keyed:0"), account: "b")
                for try await outcome in client.outcomes(of: [queued]) {
                    #expect(outcome.result.error?.code == .missingKey)
                }
            }
        }
        #expect(harness.requests.isEmpty)
    }

    @Test func `the error for an account without a key names the account`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .accounts { _, _, _ in nil })
        let error = await #expect(throws: FetchError.self) {
            try await harness.clock.run { try await client.account("tenant-7").result(endpoint, id: "0") }
        }
        #expect(error?.message == "there is no key for the provider test and the account “tenant-7”")
    }

    @Test func `two accounts with the same key are refreshed each by itself`() async throws {
        let harness = AccountHarness { key, _, _ in
            key == "the-same-old-key" ? FetchResponse(status: 401, body: Data()) : nil
        }
        let refreshed = Mutex<[AccountID?]>([])
        let credentials = Credentials.accounts { account, provider, refused in
            #expect(provider == "test")
            guard refused != nil else { return APIKey("the-same-old-key") }
            refreshed.withLock { $0.append(account) }
            return APIKey("new-key-of-\(account?.rawValue ?? "")")
        }
        let client = try harness.client(credentials: credentials)
        try await harness.clock.run {
            _ = try await client.account("a").result(endpoint, id: "0")
            _ = try await client.account("b").result(endpoint, id: "0")
        }
        #expect(refreshed.withLock(\.self) == ["a", "b"])
        #expect(harness.requests.map(\.key).filter { $0.hasPrefix("new") } == ["new-key-of-a", "new-key-of-b"])
    }

    @Test func `requests of many accounts that are refused after others' refreshes use those of their own keys`()
        async throws
    {
        let harness = AccountHarness(latency: .seconds(1)) { key, _, _ in
            key.hasPrefix("old") ? FetchResponse(status: 401, body: Data()) : nil
        }
        let refreshed = Mutex<[AccountID?]>([])
        let credentials = Credentials.accounts { account, _, refused in
            let name = account?.rawValue ?? ""
            guard refused != nil else { return APIKey("old-key-of-\(name)") }
            refreshed.withLock { $0.append(account) }
            return APIKey("new-key-of-\(name)")
        }
        let client = try harness.client(credentials: credentials)
        try await harness.clock.run {
            try await withThrowingTaskGroup(of: Void.self) { [endpoint] group in
                for account in (0..<200).map({ AccountID("t\($0)") }) {
                    for delay in [Duration.zero, .milliseconds(500)] {
                        group.addTask {
                            try await harness.clock.sleep(for: delay)
                            _ = try await client.account(account).result(endpoint, id: delay == .zero ? "0-a" : "0-b")
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(harness.requests.count == 800)
        #expect(refreshed.withLock(\.count) == 200)
        #expect(Set(refreshed.withLock(\.self)).count == 200)
    }

    @Test func `identifiers that differ only by Unicode normalization are two accounts`() async throws {
        let (composed, decomposed): (AccountID, AccountID) = ("caf\u{E9}", "cafe\u{301}")
        #expect(composed != decomposed)
        let harness = AccountHarness()
        let client = try harness.client()
        let tenants =
            [client.account(composed, credentials: .key("first-key"))]
            + [client.account(decomposed, credentials: .key("second-key"))]
        try await harness.clock.run {
            for tenant in tenants { _ = try await tenant.result(endpoint, id: "0") }
        }
        #expect(harness.requests.map(\.key) == ["first-key", "second-key"])
    }

    @Test func `a job is woken in its own account only`() async throws {
        let harness = AccountHarness()
        let client = try harness.client(credentials: .ofEachAccount)
        let (one, other) = (client.account("a"), client.account("b"))
        try await harness.clock.run {
            async let first = one.result(endpoint, id: "15")
            async let second = other.result(endpoint, id: "15")
            try await harness.clock.sleep(for: .seconds(16))
            one.wake(try JobReference("test.keyed:15"))
            _ = try await (first, second)
        }
        #expect(harness.times(of: "key-of-a") == [0, 10, 16].map { .seconds($0) })
        #expect(harness.times(of: "key-of-b") == [0, 10, 20].map { .seconds($0) })
    }

    @Test func `events say which account a request belongs to`() async throws {
        let harness = AccountHarness()
        let observer = RecordingObserver()
        let client = try harness.client(credentials: .ofEachAccount, observer: observer)
        try await harness.clock.run {
            _ = try await client.account("a").result(endpoint, id: "0")
            _ = try await client.result(endpoint, id: "0")
        }
        #expect(Set(observer.events.map(\.account)) == ["a", nil])
    }
}

/// An observer that keeps all events.
private final class RecordingObserver: FetchObserver {
    private let recorded = Mutex<[FetchEvent]>([])
    var events: [FetchEvent] { recorded.withLock(\.self) }
    func record(_ event: FetchEvent) { recorded.withLock { $0.append(event) } }
}
