import Measuring
import ArgumentParser
import FetchCore
import Foundation

/// A benchmark of FetchKit's cost on top of URLSession and decoding.
@main
struct FetchOverhead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch-overhead",
        abstract: "Measures FetchKit's overhead per request: against URLSession, and without a network.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table.

            The server runs in a second process, so that its CPU time isn't counted. In each
            round, URLSession alone and FetchKit over URLSession send the same requests. The
            ratios are medians over the rounds.
            """,
        subcommands: [Measure.self, Serve.self],
        defaultSubcommand: Measure.self
    )

    /// The measuring process.
    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Option(help: "The number of requests of each client in a round.")
        var requests = 2_000

        @Option(help: "The number of rounds at each number in flight.")
        var rounds = 15

        @Option(name: .customLong("in-flight"), help: "The number of requests in flight.")
        var inFlight = [1, 16, 64]

        @Option(help: "The number of requests in a round without a network.")
        var memoryRequests = 20_000

        @Option(help: "Send only one kind of request and print nothing, for a profiler.")
        var only: Only?

        /// A kind of request.
        enum Only: String, ExpressibleByArgument, CaseIterable {
            case bare, kit, typed, modelslab
        }

        func validate() throws {
            guard requests > 0, rounds > 0, memoryRequests > 0, inFlight.allSatisfy({ $0 > 0 }) else {
                throw ValidationError("All numbers must be positive.")
            }
        }

        func run() async throws {
            if let only { return try await repeatOnly(only) }
            try await measureMemory()
            guard !inFlight.isEmpty else { return }
            let server = try ServerProcess()
            defer { server.stop() }
            try await measureNetwork(at: server.url)
        }

        private func repeatOnly(_ only: Only) async throws {
            let server = try ServerProcess()
            defer { server.stop() }
            let poll =
                switch only {
                case .bare: URLSessionClient(server: server.url, connections: inFlight.max() ?? 1).poll
                case .kit: try FetchKitClient(server: server.url).poll
                case .typed: InMemory.typed.fetch
                case .modelslab: InMemory.modelsLab.fetch
                }
            for count in inFlight {
                for _ in 0..<rounds { _ = try await Load(requests: requests, inFlight: count).cost(of: poll) }
            }
        }

        private func measureMemory() async throws {
            for subject in InMemory.all {
                let figure = try await subject.measured(requests: memoryRequests, rounds: rounds)
                try Report.write(figure, line: figure.line)
            }
        }

        private func measureNetwork(at url: URL) async throws {
            let bare = URLSessionClient(server: url, connections: inFlight.max() ?? 1)
            let kit = try FetchKitClient(server: url)
            for count in inFlight {
                let load = Load(requests: requests, inFlight: count)
                let figure = try await Comparison.measured(load, rounds: rounds, bare: bare.poll, kit: kit.poll)
                try Report.write(figure, line: figure.line)
            }
        }
    }

    /// The server process.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Runs the server on 127.0.0.1 until standard input ends.",
            shouldDisplay: false
        )

        func run() throws {
            let server = try ResponseServer(body: PollResponse.text)
            print("http://127.0.0.1:\(server.port)")
            // Output to a pipe is buffered.
            fflush(nil)
            server.start()
            while readLine() != nil {}
        }
    }
}
