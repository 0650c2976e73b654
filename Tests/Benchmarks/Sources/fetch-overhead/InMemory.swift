import Measuring
import FetchCore
import Foundation
import ModelsLab
import ModelsLabVideo

/// A fetch whose answer is there at once, and the decoding in it.
struct InMemory: Sendable {
    /// Microseconds of CPU per request, medians over the rounds.
    struct Figure: Encodable {
        var benchmark = "fetch-in-memory"
        var answer: String
        var bytes = PollAnswer.body.count
        var fetchCPU: Double
        var decodingCPU: Double
        var restCPU: Double

        var line: String {
            Report.column("in memory, \(answer)", 28)
                + "CPU \(fetchCPU.shown) µs, of it decoding \(decodingCPU.shown) µs, rest \(restCPU.shown) µs"
        }
    }

    private let answer: String
    let fetch: @Sendable (Int) async throws -> Void
    private let decode: @Sendable (Int) async throws -> Void

    static let all = [typed, modelsLab]

    static let typed = Self(
        answer: "typed",
        fetch: fetching(
            PollEndpoint(baseURL: URL(string: "https://api.example.com/v6")!),
            provider: "example",
            id: { $0 }
        ),
        decode: { _ in _ = try JSONDecoder().decode(PollAnswer.self, from: PollAnswer.body) }
    )

    static let modelsLab = Self(
        answer: "ModelsLab",
        fetch: fetching(ModelsLabVideo(), provider: .modelsLab, id: Int64.init),
        decode: { _ in _ = try JSONDecoder().decode([String: JSONValue].self, from: PollAnswer.body) }
    )

    func measured(requests: Int, rounds: Int) async throws -> Figure {
        let load = Load(requests: requests, inFlight: 1)
        _ = try await load.cost(of: fetch)
        _ = try await load.cost(of: decode)
        var costs: [(fetch: Double, decode: Double)] = []
        for _ in 0..<rounds {
            costs.append((try await load.cost(of: fetch).cpu, try await load.cost(of: decode).cpu))
        }
        return Figure(
            answer: answer,
            fetchCPU: costs.map(\.fetch).median,
            decodingCPU: costs.map(\.decode).median,
            restCPU: costs.map { $0.fetch - $0.decode }.median
        )
    }

    private static func fetching<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        provider: ProviderID,
        id: @escaping @Sendable (Int) -> Endpoint.ID
    ) -> @Sendable (Int) async throws -> Void {
        let client = FetchClient(transport: Present(), credentials: .fixed([provider: APIKey(benchmarkKey)]))
        return { _ = try await client.fetch(endpoint, id: id($0)) }
    }

    /// A transport whose answer needs no way.
    private struct Present: FetchTransport {
        private static let response = FetchResponse(
            status: 200,
            headers: [
                "Content-Length": "\(PollAnswer.body.count)", "Content-Type": "application/json",
                "Date": "Sat, 21 Nov 2026 10:00:00 GMT", "Server": "nginx", "Vary": "Accept-Encoding",
            ],
            body: PollAnswer.body
        )

        func send(_ request: FetchRequest) async throws -> FetchResponse { Self.response }
    }
}
