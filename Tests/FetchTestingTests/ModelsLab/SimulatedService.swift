import FetchCore
import FetchTesting
import Foundation
import Testing

/// Asks a simulated ModelsLab as a program without FetchKit would.
struct SimulatedService {
    let clock = VirtualClock()
    let service: SimulatedModelsLab

    init(_ jobs: [SimulatedModelsLab.Job], dialect: SimulatedModelsLab.Dialect = .documents) {
        service = SimulatedModelsLab(
            keys: ["modelslab": "sk-usual", "modelslab.enterprise": "sk-enterprise"],
            jobs: jobs,
            dialect: dialect,
            clock: clock
        )
    }

    struct Answer {
        var status: Int
        var text: String
        var json: JSONValue?
    }

    func ask(
        _ path: String,
        key: String? = "sk-usual",
        method: RequestMethod = .post
    ) async throws -> Answer {
        let url = try #require(URL(string: "https://modelslab.com/api/\(path)"))
        let body = key.map { Data(#"{"key":"\#($0)"}"#.utf8) }
        let response = try await service.send(FetchRequest(method: method, url: url, body: body))
        return Answer(
            status: response.status,
            text: String(decoding: response.body, as: UTF8.self),
            json: try? JSONDecoder().decode(JSONValue.self, from: response.body)
        )
    }

    func wait(_ duration: Duration) async throws {
        try await clock.run { try await clock.sleep(for: duration) }
    }
}
