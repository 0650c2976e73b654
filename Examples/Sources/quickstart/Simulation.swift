import FetchCore
import FetchTesting
import Foundation

/// A ModelsLab in this process, behind a real socket, with one job of each family.
struct Simulation {
    let jobs: [JobReference]
    let credentials: Credentials
    private let server: LoopbackServer

    init() throws {
        let keys: [ProviderID: String] = ["modelslab": "sk-simulated", "modelslab.enterprise": "sk-simulated-too"]
        let service = SimulatedModelsLab(
            keys: keys,
            jobs: [
                // As it should be.
                .init(family: "faceswap", id: "1201", duration: .seconds(3), eta: .seconds(4)),
                // The ETA is too hopeful, and most answers leave it out.
                .init(family: "video", id: "4202", duration: .seconds(8), eta: .seconds(5)),
                // Too many requests: 429, come back in two seconds.
                .init(
                    family: "deepfake",
                    id: "7303",
                    duration: .seconds(6),
                    eta: .seconds(6),
                    rateLimitedRequests: 1,
                    retryAfter: .seconds(2)
                ),
                // "Request not found" at first, and never an ETA.
                .init(family: "face_gen", id: "ab-1", duration: .seconds(5), notFoundFor: .seconds(1)),
            ],
            dialect: .fieldNotes
        )
        server = try LoopbackServer(serving: service)
        jobs = try [
            "modelslab.faceswap:1201", "modelslab.video:4202", "modelslab.deepfake:7303",
            "modelslab.enterprise.facegen:ab-1",
        ].map { try JobReference($0) }
        credentials = .fixed(keys.mapValues { APIKey($0) })
    }

    /// All requests go to the simulation.
    var origins: [ProviderID: Origin] {
        ["modelslab": server.origin, "modelslab.enterprise": server.origin]
    }

    func stop() { server.stop() }

    var introduction: String {
        """
        No job was named, so a simulated ModelsLab answers, at \(server.origin).
        Waiting for one job of each family:

        """
    }

    var farewell: String {
        """

        For a job of your own, with your key in MODELSLAB_API_KEY:
          swift run --package-path Examples quickstart modelslab.video:123
        """
    }
}
