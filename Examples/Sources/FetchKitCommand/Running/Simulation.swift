import FetchCore
import FetchTesting
import Foundation

/// A simulation of ModelsLab in this process, on a loopback socket, with one job of each family.
struct Simulation {
    let jobs: [JobReference]
    let credentials: Credentials
    private let server: LoopbackServer

    /// Starts the simulation.
    ///
    /// - Parameter servesFiles: True if the outputs are files that the simulation serves, as slowly as a real server.
    ///   Otherwise they are links to files that don't exist.
    /// - Throws: An error of the system if the server can't be started.
    init(servesFiles: Bool) throws {
        let keys: [ProviderID: String] = ["modelslab": "sk-simulated", "modelslab.enterprise": "sk-simulated-too"]
        let service = SimulatedModelsLab(keys: keys, style: .reported)
        server = try LoopbackServer { request in
            if request.url.path().hasPrefix("/files/") { return SimulatedFile.response }
            do {
                return .response(try await service.send(request))
            } catch {
                return .response(FetchResponse(status: 500))
            }
        }
        for var job in Self.jobs {
            if servesFiles { job.ending = .succeeded([server.url.appending(path: "files/\(job.id).gif")]) }
            service.submit(job)
        }
        jobs = try [
            "modelslab.faceswap:1201", "modelslab.video:4202", "modelslab.deepfake:7303",
            "modelslab.enterprise.facegen:ab-1",
        ].map { try JobReference($0) }
        credentials = .fixed(keys.mapValues { APIKey($0) })
    }

    private static let jobs: [SimulatedModelsLab.Job] = [
        // The regular case, with an accurate ETA.
        .init(family: "faceswap", id: "1201", duration: .seconds(3), eta: .seconds(4)),
        // The ETA is too short, and most responses omit it.
        .init(family: "video", id: "4202", duration: .seconds(8), eta: .seconds(5)),
        // One response is a 429 with a Retry-After of two seconds.
        .init(
            family: "deepfake",
            id: "7303",
            duration: .seconds(6),
            eta: .seconds(6),
            rateLimitedRequests: 1,
            retryAfter: .seconds(2)
        ),
        // The first responses are "Request not found", and none has an ETA.
        .init(family: "face_gen", id: "ab-1", duration: .seconds(5), notFoundFor: .seconds(1)),
    ]

    /// The origin of the simulation.
    var origin: Origin { server.origin }

    /// The origin of the simulation for each provider.
    var origins: [ProviderID: Origin] {
        ["modelslab": origin, "modelslab.enterprise": origin]
    }

    func stop() { server.stop() }

    var introduction: String {
        """
        A simulated ModelsLab responds at \(server.origin).
        Polling one job of each family:

        """
    }

    var conclusion: String {
        """

        To poll your own job, with your key in MODELSLAB_API_KEY:
          swift run --package-path Examples fetchkit wait modelslab.video:123
        """
    }
}
