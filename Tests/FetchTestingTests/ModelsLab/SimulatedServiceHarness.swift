import FetchCore
import FetchTesting
import Foundation
import Testing

/// A harness that sends raw requests to a simulated ModelsLab in virtual time, without a `FetchClient`.
struct SimulatedServiceHarness {
    let clock = VirtualClock()
    let service: SimulatedModelsLab

    init(_ jobs: [SimulatedModelsLab.Job], style: SimulatedModelsLab.ResponseStyle = .documented) {
        service = SimulatedModelsLab(
            keys: ["modelslab": "sk-usual", "modelslab.enterprise": "sk-enterprise"],
            jobs: jobs,
            style: style,
            clock: clock
        )
    }

    struct Response {
        var status: Int
        var text: String
        var json: JSONValue?
    }

    func poll(
        _ path: String,
        key: String? = "sk-usual",
        method: RequestMethod = .post
    ) async throws -> Response {
        let url = try #require(URL(string: "https://modelslab.com/api/\(path)"))
        let body = key.map { Data(#"{"key":"\#($0)"}"#.utf8) }
        let response = try await service.send(FetchRequest(method: method, url: url, body: body))
        return Response(
            status: response.status,
            text: String(decoding: response.body, as: UTF8.self),
            json: try? JSONDecoder().decode(JSONValue.self, from: response.body)
        )
    }

    func advance(by duration: Duration) async throws {
        try await clock.run { try await clock.sleep(for: duration) }
    }
}
