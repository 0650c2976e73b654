import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabVideo
import Testing

#if canImport(BackgroundTasks)
    import BackgroundTasks
#endif
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif
#if canImport(Security)
    import Security
#endif
#if canImport(SwiftUI)
    import SwiftUI
#endif

/// Samples from Documentation/AppleApps.md and FetchURLSession. Parts with Apple frameworks are compiled on Apple
/// platforms only.
enum AppleApps {
    /// The account of an app's user on the app's own server.
    protocol Account: Sendable {
        func token() async throws -> String
    }

    static func client(_ registry: EndpointRegistry, _ credentials: Credentials) {
        let client = FetchClient(registry: registry, transport: .urlSession, credentials: credentials)
        print(client)
    }

    static func viaOwnServer(_ registry: EndpointRegistry, _ account: any Account) throws {
        let server = URL(string: "https://api.example.com")!
        let client = FetchClient(
            registry: registry,
            transport: .urlSession,
            credentials: .dynamic { _ in APIKey(try await account.token()) },
            configuration: FetchClient.Configuration(origins: [.modelsLab: try Origin(of: server)])
        )
        print(client)
    }

    static func configured() -> URLSessionTransport {
        let transport = URLSessionTransport { configuration in
            configuration.allowsCellularAccess = false
            configuration.httpAdditionalHeaders = ["User-Agent": "Lantern/2.1"]
        }
        return transport
    }

    static func resume(_ row: Row, with client: FetchClient) async throws -> any FetchOutput {
        let output = try await client.result(row.job, submitted: row.submission)
        return output
    }

    struct Row: Sendable {
        var job: JobReference
        var submission: Submission
    }
}

/// Polls each job once, and returns those that haven't ended.
func refresh(_ jobs: [JobReference], with client: FetchClient) async -> [JobReference] {
    var open: [JobReference] = []
    for job in jobs {
        switch try? await client.fetch(job) {
        case .succeeded(let output): save(output, of: job)
        case .failed(let failure): save(failure, of: job)
        case .pending, nil: open.append(job)
        }
    }
    return open
}

private func save(_ outcome: Any, of job: JobReference) {}

@Suite("Apple app samples") struct AppleAppsSamples {
    @Test func `a refresh keeps the jobs that have not ended`() async throws {
        let transport = ScriptedTransport([
            .json(#"{"status":"success","output":["https://example.com/a.mp4"]}"#),
            .json(#"{"status":"processing","eta":20}"#),
            .failure(URLError(.networkConnectionLost)),
            .json(#"{"status":"failed","message":"no face was found"}"#),
        ])
        let client = FetchClient(
            registry: try EndpointRegistry(.modelsLabVideo),
            transport: transport,
            credentials: .fixed(["modelslab": APIKey("sk-test")])
        )
        let jobs = try (1...4).map { try JobReference("modelslab.video:\($0)") }
        #expect(await refresh(jobs, with: client) == Array(jobs[1...2]))
    }
}

#if canImport(Security)
    /// Read access to the generic passwords of the Keychain.
    enum Keychain {
        /// Returns the password of an account, or nil if the Keychain has no such item.
        @concurrent
        static func password(of account: String, service: String) async throws -> String? {
            let query: [CFString: Any] = [
                kSecClass: kSecClassGenericPassword,
                kSecAttrService: service,
                kSecAttrAccount: account,
                kSecReturnData: true,
            ]
            var item: CFTypeRef?
            let status = SecItemCopyMatching(query as CFDictionary, &item)
            if status == errSecItemNotFound { return nil }
            guard status == errSecSuccess, let data = item as? Data else {
                throw NSError(domain: NSOSStatusErrorDomain, code: Int(status))
            }
            return String(decoding: data, as: UTF8.self)
        }
    }

    private func keychainCredentials() -> Credentials {
        let credentials = Credentials.dynamic { provider in
            try await Keychain.password(of: provider.rawValue, service: "com.example.lantern").map { APIKey($0) }
        }
        return credentials
    }

    private func lowDataMode() -> URLSessionTransport {
        let transport = URLSessionTransport { configuration in
            configuration.allowsExpensiveNetworkAccess = false
            configuration.allowsConstrainedNetworkAccess = false
            configuration.waitsForConnectivity = true
        }
        return transport
    }

    private func withoutAppNap(_ client: FetchClient) async throws -> any Sendable {
        let activity = ProcessInfo.processInfo.beginActivity(
            options: .userInitiatedAllowingIdleSystemSleep,
            reason: "Waiting for a video"
        )
        defer { ProcessInfo.processInfo.endActivity(activity) }
        let video = try await client.result(.modelsLabVideo, id: 12345)
        return video
    }
#endif

#if os(iOS) || os(tvOS) || os(visionOS)
    func scheduleRefresh() throws {
        let request = BGAppRefreshTaskRequest(identifier: "com.example.lantern.jobs")
        request.earliestBeginDate = Date(timeIntervalSinceNow: 15 * 60)
        try BGTaskScheduler.shared.submit(request)
    }

    struct LanternScene: Scene {
        let client: FetchClient
        let store: any JobList

        var body: some Scene {
            WindowGroup { Text("Lantern") }
                .backgroundTask(.appRefresh("com.example.lantern.jobs")) { [client, store] in
                    let open = await refresh(await store.open, with: client)
                    await store.keep(open)
                    if !open.isEmpty { try? scheduleRefresh() }
                }
        }
    }

    /// The persistent list of an app's jobs that have not ended.
    protocol JobList: Sendable {
        var open: [JobReference] { get async }
        func keep(_ jobs: [JobReference]) async
    }
#endif
