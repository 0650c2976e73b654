import Foundation

/// This program in another process, as the server. It ends when this process does.
struct ServerProcess {
    let url: URL
    private let child: ChildProcess

    /// Starts the server.
    ///
    /// - Throws: ``LoadFailure`` if it doesn't listen.
    init() throws {
        guard let own = Bundle.main.executableURL else { throw LoadFailure("This program can't be started again.") }
        child = try ChildProcess(own, ["serve"])
        guard let port = child.nextLine().flatMap({ UInt16($0) }), let url = URL(string: "http://127.0.0.1:\(port)")
        else {
            throw LoadFailure("The server ended with \(child.stop()).")
        }
        self.url = url
    }

    func stop() { child.stop() }
}
