import FetchCore
import FetchTesting
import Foundation
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo
import PlatformTransport

/// The client and its registry. This is the only file that names providers; a new one is registered here.
struct Service {
    let client: FetchClient
    private var server: LoopbackServer?

    func stop() { server?.stop() }

    private static func registry() throws -> EndpointRegistry {
        try EndpointRegistry(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
    }

    /// Creates a client for the real providers, with keys from environment variables.
    static func real() throws -> Self {
        Self(
            client: try FetchClient(
                registry: registry(),
                transport: PlatformTransport.shared(),
                credentials: .environment
            )
        )
    }

    /// Creates a client and a local simulation of ModelsLab with the jobs of ``sampleFile``.
    static func simulated() throws -> Self {
        let keys: [ProviderID: String] = ["modelslab": "sk-simulated", "modelslab.enterprise": "sk-simulated-too"]
        let simulation = SimulatedModelsLab(
            keys: keys,
            jobs: [
                .init(family: "faceswap", id: "1201", duration: .seconds(1)),
                .init(family: "video", id: "4202", duration: .seconds(3), eta: .seconds(4)),
                .init(family: "deepfake", id: "7303", duration: .seconds(2), ending: .failed("No face found")),
                .init(family: "face_gen", id: "ab-1", duration: .seconds(2), eta: .seconds(2)),
            ],
            style: .reported
        )
        let server = try LoopbackServer(serving: simulation)
        let client = try FetchClient(
            registry: registry(),
            transport: PlatformTransport.shared(),
            credentials: .fixed(keys.mapValues { APIKey($0) }),
            configuration: FetchClient.Configuration(origins: keys.mapValues { _ in server.origin })
        )
        return Self(client: client, server: server)
    }

    /// The file to read if the command line names none.
    static var sampleFile: URL {
        Bundle.module.bundleURL.appending(path: "jobs.txt")
    }
}
