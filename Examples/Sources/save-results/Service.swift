import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo
import PlatformTransport

/// The client and the downloads, which share a transport. A server creates them once, for all of its jobs.
struct Service {
    let client: FetchClient
    let downloads: Downloads
    private var server: LoopbackServer?

    /// The job of the simulation.
    static let sampleJob = "modelslab.video:42"

    func stop() { server?.stop() }

    private static func registry() throws -> EndpointRegistry {
        try EndpointRegistry(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
    }

    /// Creates a service for the real providers, with keys from environment variables.
    static func real() throws -> Self {
        let transport = try PlatformTransport.shared()
        return Self(
            client: FetchClient(registry: try registry(), transport: transport, credentials: .environment),
            downloads: Downloads(transport: transport)
        )
    }

    /// Creates a service for a local simulation of ModelsLab with ``sampleJob``, whose output is a small picture.
    static func simulated() throws -> Self {
        let modelsLab = SimulatedModelsLab(keys: ["modelslab": "sk-simulated"])
        let server = try LoopbackServer { request in
            guard request.url.path() != "/files/42.gif" else {
                return .response(FetchResponse(status: 200, headers: ["Content-Type": "image/gif"], body: picture))
            }
            return .response((try? await modelsLab.send(request)) ?? FetchResponse(status: 500))
        }
        let link = server.url.appending(path: "files/42.gif")
        modelsLab.submit(.init(family: "video", id: "42", duration: .seconds(1), ending: .succeeded([link])))
        let transport = try PlatformTransport.shared()
        return Self(
            client: FetchClient(
                registry: try registry(),
                transport: transport,
                credentials: .fixed(["modelslab": APIKey("sk-simulated")]),
                configuration: FetchClient.Configuration(origins: ["modelslab": server.origin])
            ),
            downloads: Downloads(
                transport: transport,
                // A real file comes from a public address over https, which is the default.
                configuration: Downloads.Configuration(
                    addresses: .publicOnly(allowing: [server.origin.host]),
                    plainHTTPHosts: [server.origin.host]
                )
            ),
            server: server
        )
    }

    /// A GIF file with one pixel.
    private static let picture = Data(
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4C, 1, 0, 0x3B]
    )
}
