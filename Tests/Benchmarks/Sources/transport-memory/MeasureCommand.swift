import ArgumentParser
import FetchCore
import FetchCurl
import Foundation
import Measuring

/// The half that measures.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(help: "Polls with each kind of URL.")
    var requests = 300_000

    @Option(help: "Polls after which memory counts as the process's own.")
    var warmUp = 50_000

    @Option(name: .customLong("in-flight"), help: "Polls under way at once.")
    var inFlight = 16

    @Option(help: "The largest growth in MB. The command fails beyond it.")
    var bound = 2.0

    func validate() throws {
        guard requests > warmUp, warmUp > 0, inFlight > 0 else {
            throw ValidationError("There are more polls than those of the warm-up, and at least one in flight.")
        }
    }

    func run() async throws {
        let server = try ServerProcess()
        defer { server.stop() }
        let endpoint = MeasuredEndpoint(baseURL: server.url)
        let client = FetchClient(
            transport: try .curl,
            credentials: .fixed([endpoint.provider: APIKey("sk-benchmark")]),
            limits: FetchLimits(requestsInFlight: inFlight)
        )
        var isTooMuch = false
        for kind in MeasuredURL.allCases {
            try await poll(warmUp, kind, endpoint, client)
            let before = Memory.resident
            try await poll(requests - warmUp, kind, endpoint, client)
            let figure = MemoryFigure(url: kind, requests: requests, before: before, after: Memory.resident)
            try Report.write(figure, line: figure.line)
            isTooMuch = isTooMuch || figure.megabytes > bound
        }
        if isTooMuch { throw ExitCode.failure }
    }

    /// Polls, so many at once, each with an id of its own.
    private func poll(_ count: Int, _ kind: MeasuredURL, _ endpoint: MeasuredEndpoint, _ client: FetchClient)
        async throws
    {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for start in 0..<inFlight {
                group.addTask {
                    for number in stride(from: start, to: count, by: inFlight) {
                        _ = try await client.fetch(endpoint, id: kind.id(number))
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
