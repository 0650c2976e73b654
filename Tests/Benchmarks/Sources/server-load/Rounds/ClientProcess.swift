import Foundation

/// A client in a process of its own, so that its CPU time is its own.
final class ClientProcess {
    let name: ClientName
    private let child: ChildProcess

    /// Starts a client's program, whose last argument is the server's URL.
    init(_ name: ClientName, _ program: ClientProgram, server: URL) throws {
        self.name = name
        child = try ChildProcess(program.executable, program.arguments + [server.absoluteString])
    }

    /// Has the client make requests.
    ///
    /// - Throws: ``LoadFailure`` if the process has ended, which it does when a request fails.
    func sample(_ step: LoadStep) throws -> LoadSample {
        try? child.write(step.line)
        guard
            let line = child.nextLine(), let sample = try? JSONDecoder().decode(LoadSample.self, from: Data(line.utf8)),
            sample.requests > 0
        else {
            let status = child.stop()
            throw LoadFailure("The client \(name.rawValue) ended with \(status) at \(step.inFlight) in flight.")
        }
        return sample
    }

    func stop() { child.stop() }
}
