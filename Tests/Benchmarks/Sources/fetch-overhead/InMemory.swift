import Measuring
import FetchCore
import Foundation
import ModelsLab
import ModelsLabVideo

/// A measurement of a fetch from memory, of the endpoint's reading of the response, and of the decoding of its JSON.
struct InMemory: Sendable {
    /// The CPU time per request in microseconds. All values are medians over the rounds.
    struct Figure: Encodable {
        var benchmark = "fetch-in-memory"
        var answer: String
        var bytes = PollResponse.body.count
        var fetchCPU: Double
        var readingCPU: Double
        var decodingCPU: Double
        var restCPU: Double

        var line: String {
            Report.column("in memory, \(answer)", 28)
                + "CPU \(fetchCPU.shown) µs, including reading \(readingCPU.shown) µs, including decoding \(decodingCPU.shown) µs; "
                + "without decoding \(restCPU.shown) µs"
        }
    }

    private let answer: String
    let fetch: @Sendable (Int) async throws -> Void
    private let read: @Sendable (Int) async throws -> Void
    private let decode: @Sendable (Int) async throws -> Void

    static let all = [typed, modelsLab]

    static let typed = Self(
        answer: "typed",
        PollEndpoint(baseURL: URL(string: "https://api.example.com/v6")!),
        provider: "example",
        id: { $0 },
        decode: { _ in _ = try JSONDecoder().decode(PollResponse.self, from: PollResponse.body) }
    )

    static let modelsLab = Self(
        answer: "ModelsLab",
        ModelsLabVideoEndpoint(),
        provider: .modelsLab,
        id: Int64.init,
        decode: { _ in _ = try InMemoryTransport.response.json(JSONValue.self) }
    )

    private init<Endpoint: FetchEndpoint>(
        answer: String,
        _ endpoint: Endpoint,
        provider: ProviderID,
        id: @escaping @Sendable (Int) -> Endpoint.ID,
        decode: @escaping @Sendable (Int) async throws -> Void
    ) {
        self.answer = answer
        self.decode = decode
        let client = FetchClient(transport: InMemoryTransport(), credentials: .fixed([provider: APIKey(benchmarkKey)]))
        fetch = { _ = try await client.fetch(endpoint, id: id($0)) }
        read = { _ = try endpoint.answer(to: id($0), from: InMemoryTransport.response) }
    }

    func measured(requests: Int, rounds: Int) async throws -> Figure {
        let load = Load(requests: requests, inFlight: 1)
        _ = try await load.cost(of: fetch)
        _ = try await load.cost(of: read)
        _ = try await load.cost(of: decode)
        var costs: [(fetch: Double, read: Double, decode: Double)] = []
        for _ in 0..<rounds {
            costs.append(
                (
                    try await load.cost(of: fetch).cpu, try await load.cost(of: read).cpu,
                    try await load.cost(of: decode).cpu
                )
            )
        }
        return Figure(
            answer: answer,
            fetchCPU: costs.map(\.fetch).median,
            readingCPU: costs.map(\.read).median,
            decodingCPU: costs.map(\.decode).median,
            restCPU: costs.map { $0.fetch - $0.decode }.median
        )
    }

    /// A transport that returns a response from memory.
    private struct InMemoryTransport: FetchTransport {
        static let response = FetchResponse(
            status: 200,
            headers: [
                "Content-Length": "\(PollResponse.body.count)", "Content-Type": "application/json",
                "Date": "Sat, 21 Nov 2026 10:00:00 GMT", "Server": "nginx", "Vary": "Accept-Encoding",
            ],
            body: PollResponse.body
        )

        func send(_ request: FetchRequest) async throws -> FetchResponse { Self.response }
    }
}
