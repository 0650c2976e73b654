import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo
import Testing

/// Tests of all four families with one registry over a real socket.
@Suite("Four families end to end") struct FourFamiliesTests {
    private static let key = "sk-canary-modelslab"
    private static let enterpriseKey = "sk-canary-enterprise"

    private static let jobs = [
        "modelslab.faceswap:7", "modelslab.video:42", "modelslab.deepfake:263", "modelslab.enterprise.facegen:ab-1",
    ]

    @Test(arguments: [SimulatedModelsLab.ResponseStyle.documented, .reported])
    func `four families are polled by name, concurrently`(style: SimulatedModelsLab.ResponseStyle) async throws {
        try await withService(style) { client, service in
            let results = try await client.outcomes(of: try Self.jobs.map { try JobReference($0) }).results()
            #expect(results.count == 4)
            for (job, result) in results {
                let links = try result.get().outputArtifacts.compactMap(\.url)
                #expect(!links.isEmpty, "\(job)")
                #expect(service.requestCount(of: job.id) >= 2, "the first request is rate limited")
            }
        }
    }

    @Test(arguments: [SimulatedModelsLab.ResponseStyle.documented, .reported])
    func `four families are polled by type`(style: SimulatedModelsLab.ResponseStyle) async throws {
        try await withService(style) { client, _ in
            let faceSwap = try await client.result(.modelsLabFaceSwap, id: 7)
            let video = try await client.result(.modelsLabVideo, id: 42)
            let deepfake = try await client.result(.modelsLabDeepfake, id: 263)
            let faceGen = try await client.result(.modelsLabFaceGen, id: "ab-1")
            #expect(!faceSwap.outputs.isEmpty)
            #expect(!video.outputs.isEmpty)
            #expect(!deepfake.outputs.isEmpty)
            #expect(!faceGen.outputs.isEmpty)
        }
    }

    @Test(arguments: [SimulatedModelsLab.ResponseStyle.documented, .reported])
    func `a wrong key ends polling with the first response`(style: SimulatedModelsLab.ResponseStyle) async throws {
        try await withService(style, key: "sk-canary-wrong") { client, service in
            let error = await #expect(throws: FetchError.self) {
                try await client.result(.modelsLabVideo, id: 42)
            }
            #expect(error?.code == .unauthorized)
            #expect(error?.isRetryable == false)
            #expect(service.requestCount == 1)
        }
    }

    @Test(arguments: [SimulatedModelsLab.ResponseStyle.documented, .reported])
    func `an unknown ID ends polling after the grace period`(style: SimulatedModelsLab.ResponseStyle) async throws {
        try await withService(style) { client, _ in
            var policy = client.policy
            policy.notFoundGrace = .zero
            let error = await #expect(throws: FetchError.self) {
                try await client.result(.modelsLabVideo, id: 999, policy: policy)
            }
            #expect(error?.code == .jobNotFound)
        }
    }

    /// Runs a loopback server and a client. The jobs are done, and the first request for each is rate limited.
    private func withService(
        _ style: SimulatedModelsLab.ResponseStyle,
        key: String = key,
        perform: (FetchClient, SimulatedModelsLab) async throws -> Void
    ) async throws {
        let service = SimulatedModelsLab(
            keys: ["modelslab": Self.key, "modelslab.enterprise": Self.enterpriseKey],
            jobs: ["faceswap 7", "video 42", "deepfake 263", "face_gen ab-1"].map { job in
                let parts = job.split(separator: " ").map(String.init)
                return .init(family: parts[0], id: parts[1], duration: .zero, rateLimitedRequests: 1, retryAfter: .zero)
            },
            style: style
        )
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        let client = FetchClient(
            registry: try EndpointRegistry(
                .modelsLabFaceSwap,
                .modelsLabVideo,
                .modelsLabDeepfake,
                .modelsLabFaceGen
            ),
            transport: .urlSession,
            credentials: .fixed(["modelslab": APIKey(key), "modelslab.enterprise": APIKey(Self.enterpriseKey)]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: .seconds(600),
                    requestTimeout: .seconds(600),
                    minimumGap: .milliseconds(20),
                    schedule: .fixed(.milliseconds(20))
                ),
                origins: ["modelslab": server.origin, "modelslab.enterprise": server.origin]
            )
        )
        try await perform(client, service)
    }
}
