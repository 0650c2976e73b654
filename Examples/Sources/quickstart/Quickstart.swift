import FetchCore
import FetchTesting
import ModelsLabVideo
import PlatformTransport

/// A program that waits for jobs and prints their states. Without arguments, it polls four jobs of a simulated ModelsLab.
///
///     swift run --package-path Examples quickstart [modelslab.video:123 …]
@main
enum Quickstart {
    static func main() async throws {
        let transport = try PlatformTransport.shared()
        let registry = try EndpointRegistry(.modelsLabVideo)
        guard CommandLine.arguments.count > 1 else {
            // A service in this process, which responds over HTTP like the real one.
            let simulation = SimulatedModelsLab(keys: ["modelslab": "sk-simulated"])
            for seconds in 1...4 {
                simulation.submit(.init(family: "video", id: "\(seconds)", duration: .seconds(seconds)))
            }
            let server = try LoopbackServer(serving: simulation)
            defer { server.stop() }
            let client = FetchClient(
                registry: registry,
                transport: transport,
                credentials: .fixed(["modelslab": APIKey("sk-simulated")]),
                configuration: .init(origins: ["modelslab": server.origin])
            )
            return try await poll((1...4).map { "modelslab.video:\($0)" }, with: client)
        }
        let client = FetchClient(registry: registry, transport: transport, credentials: .environment)
        try await poll(Array(CommandLine.arguments.dropFirst()), with: client)
    }

    /// Prints each state of each job. The jobs are polled at the same time, and each ends by itself.
    private static func poll(_ names: [String], with client: FetchClient) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for job in try names.map(client.registry.job) {
                group.addTask {
                    for try await update in client.updates(job) { print(job, update.state) }
                }
            }
            try await group.waitForAll()
        }
    }
}
