import Foundation

/// A second process of this program that runs the server. It ends when this process ends or closes its input.
struct ServerProcess {
    let url: URL
    private let child: ChildProcess

    /// Starts the server.
    ///
    /// - Throws: ``LoadFailure`` if it doesn't print a port.
    init() throws {
        guard let own = Bundle.main.executableURL else { throw LoadFailure("The path of this program is unknown.") }
        child = try ChildProcess(own, ["serve"])
        guard let port = child.nextLine().flatMap({ UInt16($0) }), let url = URL(string: "http://127.0.0.1:\(port)")
        else {
            throw LoadFailure("The server exited with status \(child.stop()).")
        }
        self.url = url
    }

    func stop() { child.stop() }
}
