import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

/// Tests of a key that the provider refuses while jobs are pending.
@Suite("Refresh of refused keys") struct KeyRefreshTests {
    private static let old = "sk-canary-old-0123456789"
    private static let new = "sk-canary-new-0123456789"

    private let endpoint = JSONStateEndpoint(authorization: .bearer)
    private let clock = VirtualClock()

    /// Responds like a provider that knows only the new key from a time on. Echoes both keys.
    private func provider(
        refusingFrom time: Duration = .zero,
        latency: Duration = .zero,
        accepted: ScriptedTransport.Step = .done
    ) -> ScriptedTransport {
        let clock = clock
        let step = ScriptedTransport.Step { request in
            let isOld = request.headers["Authorization"] == "Bearer \(Self.old)"
            guard isOld else { return try await accepted.play(request) }
            return try await (clock.elapsed >= time ? Self.refusal : .pending).play(request)
        }
        return ScriptedTransport([step.after(latency)], clock: clock)
    }

    private static let refusal = ScriptedTransport.Step.json(#"{"error":"unknown key \#(old)"}"#, status: 401)

    private func keys(of transport: ScriptedTransport) -> [String?] {
        transport.requests.map { $0.headers["Authorization"] }
    }

    private func error(
        _ transport: ScriptedTransport,
        policy: PollingPolicy = PollingPolicy(),
        _ credentials: Credentials
    ) async -> FetchError? {
        let harness = PollingHarness(transport, clock: clock, policy: policy, credentials: credentials)
        return await harness.poll(endpoint).error as? FetchError
    }

    @Test func `a key refused in mid-wait is asked for once more, and the request is sent again at once`()
        async throws
    {
        let accepted = ScriptedTransport.Step.json(#"{"state":"done","message":"\#(Self.old) and \#(Self.new)"}"#)
        let transport = provider(refusingFrom: .seconds(1), accepted: accepted)
        let refused = Mutex<[APIKey?]>([])
        let credentials = Credentials.dynamic { provider, key in
            #expect(provider == "test")
            refused.withLock { $0.append(key) }
            return APIKey(key == nil ? Self.old : Self.new)
        }
        let harness = PollingHarness(transport, clock: clock, credentials: credentials)
        let run = await harness.poll(endpoint)
        #expect(run.output == "[redacted] and [redacted]", "both keys are redacted")
        #expect(refused.withLock(\.self) == [nil, nil, APIKey(Self.old)])
        #expect(keys(of: transport) == ["Bearer \(Self.old)", "Bearer \(Self.old)", "Bearer \(Self.new)"])
        try #require(harness.requestTimes.count == 3)
        #expect(harness.requestTimes[1] == harness.requestTimes[2])
    }

    @Test func `concurrent refusals cause one refresh`() async throws {
        let transport = provider(latency: .seconds(2))
        let refreshes = Mutex(0)
        let clock = clock
        let credentials = Credentials.dynamic { _, refused in
            guard refused != nil else { return APIKey(Self.old) }
            refreshes.withLock { $0 += 1 }
            try await clock.sleep(for: .seconds(1))
            return APIKey(Self.new)
        }
        let client = PollingHarness(transport, clock: clock, credentials: credentials).client
        try await clock.run {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for id in 0..<20 { group.addTask { _ = try await client.result(endpoint, id: id) } }
                try await group.waitForAll()
            }
        }
        #expect(refreshes.withLock(\.self) == 1)
        #expect(transport.requests.count == 40)
        #expect(clock.elapsed == .seconds(5))
    }

    @Test func `a request that was sent before a refresh and refused after it uses its result`() async throws {
        let refreshes = Mutex(0)
        let transport = ScriptedTransport(
            [Self.refusal.after(.seconds(2)), Self.refusal.after(.seconds(9)), .done],
            clock: clock
        )
        let credentials = Credentials.dynamic { _, refused in
            if refused != nil { refreshes.withLock { $0 += 1 } }
            return APIKey(refused == nil ? Self.old : Self.new)
        }
        let client = PollingHarness(transport, clock: clock, credentials: credentials).client
        let outputs = try await clock.run {
            async let first = client.result(endpoint, id: 1)
            async let second = client.result(endpoint, id: 2)
            return try await [first, second]
        }
        #expect(outputs == ["output", "output"])
        #expect(refreshes.withLock(\.self) == 1)
    }

    @Test func `each refused key has a refresh of its own, as tenants have different keys`() async throws {
        let refreshed = Mutex<[APIKey]>([])
        let credentials = Credentials.dynamic { _, refused in
            guard let refused else { return APIKey("sk-\(Self.tenant)-0123456789") }
            refreshed.withLock { $0.append(refused) }
            return APIKey("\(refused.secret)-new")
        }
        let step = ScriptedTransport.Step { request in
            let isNew = request.headers["Authorization"]?.hasSuffix("-new") == true
            return try await (isNew ? ScriptedTransport.Step.done : Self.refusal).play(request)
        }
        let transport = ScriptedTransport([step.after(.seconds(1))], clock: clock)
        let client = PollingHarness(transport, clock: clock, credentials: credentials).client
        try await clock.run {
            async let one = Self.$tenant.withValue("tenant-1") { try await client.fetch(endpoint, id: 1) }
            async let other = Self.$tenant.withValue("tenant-2") { try await client.fetch(endpoint, id: 2) }
            _ = try await (one, other)
        }
        let expected: Set<APIKey> = [APIKey("sk-tenant-1-0123456789"), APIKey("sk-tenant-2-0123456789")]
        #expect(Set(refreshed.withLock(\.self)) == expected)
        for request in transport.requests {
            let tenant = request.url.lastPathComponent
            #expect(request.headers["Authorization"]?.contains("tenant-\(tenant)-") == true)
        }
    }

    @TaskLocal private static var tenant = "none"

    @Test func `a refusal in the body of a successful response counts as well`() async throws {
        let transport = ScriptedTransport([.json(#"{"error":"invalid_api_key"}"#), .json("{}")])
        let endpoint = ConfigurableEndpoint<Int>(
            read: { response in
                let body = try response.json(JSONValue.self)
                guard body["error"] == nil else { throw FetchError(.unauthorized, "the key is refused") }
                return .succeeded(body)
            }
        )
        let credentials = Credentials.dynamic { _, refused in APIKey(refused == nil ? Self.old : Self.new) }
        let client = FetchClient(scripted: transport, credentials: credentials)
        #expect(try await client.fetch(endpoint, id: 1) == .succeeded([:]))
        #expect(keys(of: transport) == ["Bearer \(Self.old)", "Bearer \(Self.new)"])
    }

    @Test(arguments: [old, nil])
    func `a refresh with the same key or none makes the refusal final`(key: String?) async {
        let transport = provider()
        let credentials = Credentials.dynamic { _, refused in
            refused == nil ? APIKey(Self.old) : key.map(APIKey.init)
        }
        let error = await error(transport, credentials)
        #expect(error?.code == .unauthorized)
        #expect(error?.httpStatus == 401)
        #expect(error.map { Disclosure(of: $0).contains(Self.old) } == false)
        #expect(transport.requests.count == 1)
    }

    @Test func `a second key that is refused too is final`() async {
        let transport = ScriptedTransport([Self.refusal], clock: clock)
        let error = await error(transport, .dynamic { _, refused in APIKey(refused == nil ? Self.old : Self.new) })
        #expect(error?.code == .unauthorized)
        #expect(keys(of: transport) == ["Bearer \(Self.old)", "Bearer \(Self.new)"])
    }

    @Test func `a fixed key that is refused is final`() async {
        let transport = provider()
        #expect(await error(transport, .fixed(["test": APIKey(Self.old)]))?.code == .unauthorized)
        #expect(transport.requests.count == 1)
    }

    @Test func `a refresh with a newline in the key is refused clearly`() async {
        let transport = provider()
        let credentials = Credentials.dynamic { _, refused in
            APIKey(refused == nil ? Self.old : "\(Self.new)\n")
        }
        let error = await error(transport, credentials)
        #expect(error?.code == .malformedKey)
        #expect(error?.message == "the key for the provider test contains a newline")
        #expect(error.map { Disclosure(of: $0).contains(Self.new) } == false)
        #expect(transport.requests.count == 1)
    }

    @Test func `a refresh that fails is tried again with the next request`() async throws {
        struct StoreError: Error {}
        let failures = Mutex(0)
        let transport = provider()
        let credentials = Credentials.dynamic { _, refused in
            guard refused != nil else { return APIKey(Self.old) }
            let failure = failures.withLock { failures in
                failures += 1
                return failures
            }
            if failure == 1 { throw StoreError() }
            return APIKey(Self.new)
        }
        let harness = PollingHarness(transport, clock: clock, credentials: credentials)
        #expect(await harness.poll(endpoint).output == "output")
        #expect(transport.requests.count == 3)
    }

    @Test func `a refresh that never returns ends the wait at its deadline`() async throws {
        let transport = provider()
        let calls = UnendingCalls()
        let credentials = Credentials.dynamic { _, refused in
            guard refused != nil else { return APIKey(Self.old) }
            await calls.call()
            return APIKey(Self.new)
        }
        let policy = PollingPolicy(deadline: .seconds(45))
        let harness = PollingHarness(transport, clock: clock, policy: policy, credentials: credentials)
        let run = await harness.poll(endpoint)
        #expect((run.error as? FetchError)?.code == .deadlineExceeded)
        #expect((run.error as? FetchError)?.lastError?.code == .credentialsUnavailable)
        #expect(run.end == .seconds(45))
        let unreturned = harness.client.statistics["test.job"]?.unreturnedCalls
        #expect(unreturned == calls.count && calls.count > 0)
        calls.returnAll()
        #expect(await Eventually.holds { harness.client.statistics["test.job"]?.unreturnedCalls == 0 })
    }
}
