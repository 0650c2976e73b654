import Foundation
import TestSupport

/// A server that accepts one connection and runs a script of raw sends and receives on it.
final class RawServer: Sendable {
    /// The server's side of the connection. It is closed when the script ends.
    struct Connection {
        fileprivate let connection: TCPConnection

        /// Returns the bytes up to and including the next empty line, or fewer if the client closes the connection.
        func receiveHead() -> String {
            var bytes = Data()
            while bytes.suffix(4) != Data("\r\n\r\n".utf8), let byte = connection.receive(atMost: 1), !byte.isEmpty {
                bytes += byte
            }
            return String(decoding: bytes, as: UTF8.self)
        }

        /// Sends a string. Returns false if the client has closed the connection.
        @discardableResult
        func send(_ text: String) -> Bool { connection.send(Data(text.utf8)) }
    }

    let url: URL
    private let ending = AsyncStream.makeStream(of: Void.self)

    /// Starts the server.
    ///
    /// - Parameter script: The exchange with the client, on a thread of its own.
    /// - Throws: `POSIXError` if the socket can't be opened.
    init(_ script: @escaping @Sendable (Connection) -> Void) throws {
        let listener = try TCPListener()
        guard let url = URL(string: "http://127.0.0.1:\(listener.port)") else { throw URLError(.badURL) }
        self.url = url
        // Not on a Dispatch queue: a script that never blocks would take a thread from the session.
        Thread.detachNewThread { [ending] in
            if let descriptor = listener.accept() {
                script(Connection(connection: TCPConnection(accepted: descriptor)))
            }
            listener.stop()
            ending.continuation.finish()
        }
    }

    /// Returns when the script has ended.
    func end() async { for await _ in ending.stream {} }
}
