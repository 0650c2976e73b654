import FetchCore
import FetchTesting
import Foundation
import TestSupport

/// A TCP client of a loopback server that sends and receives raw strings.
///
/// It blocks its own threads, since the service needs the few threads of Swift and Dispatch.
final class RawClient: Sendable {
    private let connection: TCPConnection

    /// Connects to a server. Throws ``TCPConnection/Refused`` if the server has stopped.
    init(_ server: LoopbackServer) throws {
        connection = try TCPConnection(port: UInt16(server.origin.port))
    }

    func send(_ text: String) { connection.send(Data(text.utf8)) }

    /// Returns the received string as soon as it ends with `end`, or when the server closes the connection.
    func receive(through end: String) async -> String {
        await receive { $0.utf8.reversed().starts(with: end.utf8.reversed()) }
    }

    /// Returns the received string when the server closes the connection.
    func receiveAll() async -> String { await receive { _ in false } }

    private func receive(until isComplete: @escaping @Sendable (String) -> Bool) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread { [connection] in
                var text = ""
                while !isComplete(text), let more = connection.receive(atMost: 4096), !more.isEmpty {
                    text += String(decoding: more, as: UTF8.self)
                }
                continuation.resume(returning: text)
            }
        }
    }

    /// Closes the sending side of the connection.
    func finish() { connection.finish() }
}
