import FetchCore
import FetchTesting
import ProgramTesting

/// Functions that run fetchkit against a server of the test.
enum CommandHarness {
    static let key = "sk-canary-4711"
    static let enterpriseKey = "sk-canary-4712"
    static let keys = ["MODELSLAB_API_KEY": key, "MODELSLAB_ENTERPRISE_API_KEY": enterpriseKey]

    static let jobs: [SimulatedModelsLab.Job] = [
        .init(family: "video", id: "1", duration: .zero),
        .init(family: "faceswap", id: "2", duration: .zero),
        .init(family: "face_gen", id: "ab-1", duration: .zero),
        .init(family: "deepfake", id: "3", duration: .zero, ending: .failed("No face found")),
        .init(family: "video", id: "4", duration: .seconds(1_000), eta: .seconds(20)),
    ]

    /// Runs `fetchkit wait` with a simulated ModelsLab until it exits.
    static func wait(
        _ arguments: String...,
        keys: [String: String] = keys,
        style: SimulatedModelsLab.ResponseStyle = .documented
    ) async throws -> ExampleProcess {
        let service = SimulatedModelsLab(
            keys: ["modelslab": key, "modelslab.enterprise": enterpriseKey],
            jobs: jobs,
            style: style
        )
        return try await run(["wait"] + arguments, of: service, keys: keys)
    }

    /// Runs fetchkit with any service until it exits.
    static func run(
        _ arguments: [String],
        of service: any FetchTransport,
        keys: [String: String] = keys,
        input: String? = nil,
        while body: @Sendable (Int32) async throws -> Void = { _ in }
    ) async throws -> ExampleProcess {
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        return try await ExampleProcess(
            "fetchkit",
            arguments + ["--base-url", "\(server.origin)"],
            environment: keys,
            input: input,
            while: body
        )
    }
}
