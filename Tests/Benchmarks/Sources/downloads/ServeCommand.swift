import ArgumentParser
import Foundation

/// The subcommand that runs the server.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Runs the server on 127.0.0.1 until standard input ends, and prints its port."
    )

    func run() throws {
        // Without SIGPIPE, writing to a closed connection is an error of `write`.
        signal(SIGPIPE, SIG_IGN)
        let server = try FileServer()
        print("http://127.0.0.1:\(server.port)")
        // Output to a pipe is buffered.
        fflush(nil)
        Thread.detachNewThread { server.run() }
        while readLine() != nil {}
    }
}
