import ArgumentParser
import Foundation

/// The subcommand that runs one client in this process.
struct ClientCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Runs one client in this process, with one load or with the loads that standard input lists."
    )

    @Argument(help: "The client.")
    var name: ClientName

    @Argument(help: "The server's URL.")
    var server: String

    @Option(
        name: .customLong("in-flight"),
        help: "The number of requests in flight. Without it, loads are read from standard input."
    )
    var inFlight: Int?

    @Option(help: "The time in seconds during which new requests are started.")
    var seconds = 10.0

    func validate() throws {
        guard URL(string: server)?.host() != nil else { throw ValidationError("\(server) isn't the URL of a server.") }
        guard seconds > 0, inFlight ?? 1 > 0 else { throw ValidationError("All numbers must be positive.") }
    }

    func run() async throws {
        guard let url = URL(string: server) else { return }
        let client = try client(PollRequest(to: url))
        if let inFlight { return try await write(LoadStep(inFlight: inFlight, seconds: seconds), by: client) }
        while let line = readLine() {
            guard let step = LoadStep(line: line) else { throw ValidationError("\(line) isn't two numbers.") }
            try await write(step, by: client)
        }
    }

    private func write(_ step: LoadStep, by client: any LoadClient) async throws {
        let sample = try await client.sample(step)
        FileHandle.standardOutput.write(try JSONEncoder().encode(sample) + Data("\n".utf8))
    }

    private func client(_ request: PollRequest) throws -> any LoadClient {
        switch name {
        case .libcurl: try CurlLoopClient(request)
        case .curlTransport: try TaskClient.curlTransport(request)
        case .fetchKitCurl: try TaskClient.fetchKitCurl(request)
        case .fetchKitURLSession: try TaskClient.fetchKitURLSession(request)
        case .urlSession: TaskClient.urlSession(request)
        case .node, .go: throw ValidationError("\(name.rawValue) has its own program.")
        }
    }
}
