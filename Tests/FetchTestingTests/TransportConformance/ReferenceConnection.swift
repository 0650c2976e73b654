import Foundation
import Synchronization
import TestSupport

/// A blocking TCP connection to a local port, with the bytes that have been received and not parsed.
final class ReferenceConnection: Sendable {
    private let connection: TCPConnection
    private let state = Mutex((buffer: Data(), hasReceived: false))

    init(port: UInt16) throws {
        do { connection = try TCPConnection(port: port) } catch { throw ReferenceFailure.refused }
    }

    /// True if bytes have been received since the last send.
    var hasReceived: Bool { state.withLock(\.hasReceived) }

    /// The bytes that have been received and not parsed yet.
    var unreadBytes: Data { state.withLock(\.buffer) }

    /// True if the server has sent bytes or closed the connection.
    var isReadable: Bool { connection.isReadable }

    func shutDown() { connection.shutDown() }

    func send(_ bytes: Data) throws {
        state.withLock { $0.hasReceived = false }
        guard connection.send(bytes) else { throw ReferenceFailure.reset }
    }

    /// Returns at least one byte, or no bytes at the end of the stream.
    func receive() throws -> Data {
        let kept = state.withLock { state in
            defer { state.buffer = Data() }
            return state.buffer
        }
        guard kept.isEmpty else { return kept }
        guard let received = connection.receive() else { throw ReferenceFailure.reset }
        if !received.isEmpty { state.withLock { $0.hasReceived = true } }
        return received
    }

    /// Puts back bytes of the next response.
    func unread(_ bytes: Data) { state.withLock { $0.buffer = bytes } }
}
