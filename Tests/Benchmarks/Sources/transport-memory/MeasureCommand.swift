import ArgumentParser
import FetchCore
import FetchCurl
import Foundation
import Measuring

/// The subcommand that measures.
struct MeasureCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(help: "The number of polls with each kind of URL.")
    var requests = 300_000

    @Option(help: "The number of polls before memory is measured.")
    var warmUp = 50_000

    @Option(name: .customLong("in-flight"), help: "The number of polls in flight.")
    var inFlight = 16

    @Option(help: "The maximum growth in MB. If it is exceeded, the exit status is 1.")
    var bound = 2.0

    func validate() throws {
        guard requests > warmUp, warmUp > 0, inFlight > 0 else {
            throw ValidationError("All numbers must be positive, and --requests must exceed --warm-up.")
        }
    }

    func run() async throws {
        let server = try ServerProcess()
        defer { server.stop() }
        let endpoint = MeasuredEndpoint(baseURL: server.url)
        let client = FetchClient(
            transport: try .curl,
            credentials: .fixed([endpoint.provider: APIKey("sk-benchmark")]),
            configuration: FetchClient.Configuration(limits: FetchLimits(requestsInFlight: inFlight))
        )
        var exceedsBound = false
        for kind in MeasuredURL.allCases {
            try await poll(warmUp, kind, endpoint, client)
            let before = Memory.resident
            try await poll(requests - warmUp, kind, endpoint, client)
            let figure = MemoryFigure(url: kind, requests: requests, before: before, after: Memory.resident)
            try Report.write(figure, line: figure.line)
            exceedsBound = exceedsBound || figure.megabytes > bound
        }
        if exceedsBound { throw ExitCode.failure }
    }

    /// Polls a number of jobs with different ids, with `inFlight` concurrent polls.
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
