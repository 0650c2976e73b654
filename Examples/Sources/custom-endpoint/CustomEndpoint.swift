import FetchCore
import FetchTesting
import Foundation
import ModelsLabVideo
import PlatformTransport

/// A program that polls a custom endpoint and one of ModelsLab, by type and by name.
@main
enum CustomEndpoint {
    static func main() async throws {
        // Local servers simulate the two providers. Without `origins` the requests would go to the real ones.
        let papercut = try LoopbackServer(serving: SimulatedPapercut())
        defer { papercut.stop() }
        let modelsLab = try LoopbackServer(
            serving: SimulatedModelsLab(
                keys: ["modelslab": "sk-simulated"],
                jobs: [.init(family: "video", id: "42", duration: .seconds(2), eta: .seconds(2))]
            )
        )
        defer { modelsLab.stop() }

        let client = try FetchClient(
            registry: EndpointRegistry(.papercut, .modelsLabVideo),
            transport: PlatformTransport.shared(),
            credentials: .fixed(["papercut": APIKey("pc-simulated"), "modelslab": APIKey("sk-simulated")]),
            configuration: FetchClient.Configuration(origins: [
                "papercut": papercut.origin, "modelslab": modelsLab.origin,
            ])
        )

        // By type: each state as it arrives, and an output of the endpoint's own type.
        print("By type")
        for try await update in client.updates(.papercut, id: "sunset-7") {
            switch update.state {
            case .pending(let progress): print("  \(progress)")
            case .succeeded(let layers): print("  \(layers.drawings.count) layers of \(layers.paper) paper")
            case .failed(let failure): print("  \(failure)")
            }
        }

        // By name: references such as those of a database, and outputs whose type the caller needn't know.
        print("By name")
        for reference in ["papercut.cut:sunset-8", "modelslab.video:42"] {
            let output = try await client.result(JobReference(reference))
            print("  \(reference)")
            for link in output.outputArtifacts.compactMap(\.url) { print("    \(link)") }
        }
    }
}
