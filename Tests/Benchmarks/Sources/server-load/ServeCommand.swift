import ArgumentParser
import Foundation

/// The responding process.
struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Responds on a port of 127.0.0.1, which it prints, until standard input ends."
    )

    func run() throws {
        // A connection that its peer has closed is an error of `write`, not a signal.
        signal(SIGPIPE, SIG_IGN)
        let server = try ResponseServer(body: PollBody.text)
        print(server.port)
        // Output to a pipe stays in a buffer otherwise.
        fflush(nil)
        Thread.detachNewThread {
            do {
                try server.run()
            } catch {
                FileHandle.standardError.write(Data("The server failed: \(error)\n".utf8))
                _exit(1)
            }
        }
        while readLine() != nil {}
    }
}
