import ArgumentParser
import FetchTesting
import Foundation

/// The half that responds, in a process of its own.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Responds on 127.0.0.1 until standard input ends.",
        shouldDisplay: false
    )

    func run() async throws {
        let server = try LoopbackServer(answering: { _ in .json(#"{"status":"processing","eta":20}"#) })
        defer { server.stop() }
        print(server.url.absoluteString)
        // Output to a pipe is buffered otherwise.
        fflush(nil)
        while readLine() != nil {}
    }
}
