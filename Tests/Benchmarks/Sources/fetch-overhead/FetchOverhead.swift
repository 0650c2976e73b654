import Measuring
import ArgumentParser
import FetchCore
import Foundation

/// What FetchKit costs beyond URLSession and decoding.
@main
struct FetchOverhead: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch-overhead",
        abstract: "Measures what FetchKit adds to a request: beside URLSession, and without a network.",
        discussion: """
            Standard output has one JSON object for each figure, standard error a table.

            One process measures, another one answers, so that the CPU of the server isn't
            counted. In each round the same requests are made by URLSession alone and by
            FetchKit over URLSession; the ratios are medians over the rounds.
            """,
        subcommands: [Measure.self, Serve.self],
        defaultSubcommand: Measure.self
    )

    /// The half that measures.
    struct Measure: AsyncParsableCommand {
        static let configuration = CommandConfiguration(shouldDisplay: false)

        @Option(help: "Requests of one side in one round.")
        var requests = 2_000

        @Option(help: "Rounds at each concurrency.")
        var rounds = 15

        @Option(name: .customLong("in-flight"), help: "How many requests are under way at once.")
        var inFlight = [1, 16, 64]

        @Option(help: "Requests of one round without a network.")
        var memoryRequests = 20_000

        @Option(help: "Make one kind of request only, without comparing, for a profiler.")
        var only: Only?

        /// What a profiler is to see.
        enum Only: String, ExpressibleByArgument, CaseIterable {
            case bare, kit, typed, modelslab
        }

        func validate() throws {
            guard requests > 0, rounds > 0, memoryRequests > 0, inFlight.allSatisfy({ $0 > 0 }) else {
                throw ValidationError("All numbers are greater than zero.")
            }
        }

        func run() async throws {
            if let only { return try await repeatOnly(only) }
            try await measureMemory()
            guard !inFlight.isEmpty else { return }
            let server = try AnswerProcess()
            defer { server.stop() }
            try await measureNetwork(at: server.url)
        }

        private func repeatOnly(_ only: Only) async throws {
            let server = try AnswerProcess()
            defer { server.stop() }
            let ask =
                switch only {
                case .bare: BareSession(server: server.url, connections: inFlight.max() ?? 1).ask
                case .kit: try KitSession(server: server.url).ask
                case .typed: InMemory.typed.fetch
                case .modelslab: InMemory.modelsLab.fetch
                }
            for count in inFlight {
                for _ in 0..<rounds { _ = try await Load(requests: requests, inFlight: count).cost(of: ask) }
            }
        }

        private func measureMemory() async throws {
            for subject in InMemory.all {
                let figure = try await subject.measured(requests: memoryRequests, rounds: rounds)
                try Report.write(figure, line: figure.line)
            }
        }

        private func measureNetwork(at url: URL) async throws {
            let bare = BareSession(server: url, connections: inFlight.max() ?? 1)
            let kit = try KitSession(server: url)
            for count in inFlight {
                let load = Load(requests: requests, inFlight: count)
                let figure = try await Comparison.measured(load, rounds: rounds, bare: bare.ask, kit: kit.ask)
                try Report.write(figure, line: figure.line)
            }
        }
    }

    /// The half that answers, in a process of its own.
    struct Serve: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Answers on 127.0.0.1 until standard input ends.",
            shouldDisplay: false
        )

        func run() throws {
            let server = try AnswerServer(answer: PollAnswer.text)
            print(server.port)
            // What is printed to a pipe stays in a buffer otherwise.
            fflush(nil)
            server.start()
            while readLine() != nil {}
        }
    }
}
