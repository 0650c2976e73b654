import ArgumentParser
import FetchTesting
import Foundation

/// The subcommand that runs the server.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the server on 127.0.0.1 until standard input ends.",
        shouldDisplay: false
    )

    func run() async throws {
        let server = try LoopbackServer(respondingWith: { _ in .json(#"{"status":"processing","eta":20}"#) })
        defer { server.stop() }
        print(server.url.absoluteString)
        // Output to a pipe is buffered.
        fflush(nil)
        while readLine() != nil {}
    }
}
