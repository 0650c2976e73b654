import Foundation

/// A client in its own process, so that its CPU time can be measured.
final class ClientProcess {
    let name: ClientName
    private let child: ChildProcess

    /// Starts a client's program with the server's URL as its last argument.
    init(_ name: ClientName, _ program: ClientProgram, server: URL) throws {
        self.name = name
        child = try ChildProcess(program.executable, program.arguments + [server.absoluteString])
    }

    /// Runs a measurement in the client's process. Throws ``LoadFailure`` if the process has ended, as it does after a
    /// failed request.
    func sample(_ step: LoadStep) throws -> LoadSample {
        try? child.write(step.line)
        guard
            let line = child.nextLine(), let sample = try? JSONDecoder().decode(LoadSample.self, from: Data(line.utf8)),
            sample.requests > 0
        else {
            let status = child.stop()
            throw LoadFailure(
                "The client \(name.rawValue) exited with status \(status) at \(step.inFlight) requests in flight."
            )
        }
        return sample
    }

    func stop() { child.stop() }
}
