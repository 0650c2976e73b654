import FetchCore
import FetchTesting

/// A quickstart that asks a simulated ModelsLab of the test.
enum QuickstartRun {
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

    /// Runs to the end with a simulated ModelsLab that lives as long.
    static func ask(
        _ arguments: String...,
        keys: [String: String] = keys,
        dialect: SimulatedModelsLab.Dialect = .documents
    ) async throws -> Run {
        let service = SimulatedModelsLab(
            keys: ["modelslab": key, "modelslab.enterprise": enterpriseKey],
            jobs: jobs,
            dialect: dialect
        )
        return try await ask(arguments, of: service, keys: keys)
    }

    /// Runs to the end with any service that lives as long.
    static func ask(
        _ arguments: [String],
        of service: any FetchTransport,
        keys: [String: String] = keys
    ) async throws -> Run {
        let server = try LoopbackServer(serving: service)
        defer { server.stop() }
        return try await Run("quickstart", arguments + ["--base-url", "\(server.origin)"], environment: keys)
    }
}
