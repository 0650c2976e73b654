import FetchCore
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import TransportPeers

/// A peer that sends a long body and counts the bytes that it got rid of.
final class BodyPeer: Sendable {
    /// The head of a response with a body up to the end of the connection.
    static let head = HTTP1.head(fields: ["Connection: close"])

    private static let block = Array(repeating: UInt8(ascii: "x"), count: 64 << 10)

    let peer: Peer
    private let sent: Counter

    /// The number of body bytes that the system has accepted from the peer.
    var sentBytes: Int { sent.value.load(ordering: .relaxed) }

    /// Creates the peer.
    ///
    /// - Parameter count: The number of bytes of the body, a multiple of 64 KiB.
    /// - Throws: `SystemFailure` if no socket or pipe can be opened.
    init(sending count: Int) throws {
        let sent = Counter()
        self.sent = sent
        peer = try Peer { connection in
            guard connection.socket.receiveRequest() != nil, connection.socket.send(Self.head) else { return }
            for _ in 0..<(count / Self.block.count) {
                guard connection.socket.send(Self.block) else { return }
                sent.value.add(Self.block.count, ordering: .relaxed)
            }
            connection.socket.finish()
        }
    }

    /// Waits until the peer can't send any more, because the client doesn't receive.
    ///
    /// - Returns: The number of bytes that it has sent.
    func heldBack() async -> Int {
        var (last, unchanged) = (-1, 0)
        _ = await Eventually.holds {
            unchanged = sentBytes == last ? unchanged + 1 : 0
            last = sentBytes
            return last > 0 && unchanged >= 50
        }
        return last
    }

    private final class Counter: Sendable {
        let value = Atomic(0)
    }
}

extension FetchRequest {
    /// Creates a GET request whose timeout doesn't expire and whose body isn't limited.
    static func download(
        _ url: URL,
        method: RequestMethod = .get,
        headers: HeaderFields = ["Accept-Encoding": "identity"],
        timeout: Duration = .seconds(3_600),
        responseLimit: Int = 1 << 40,
        addressPolicy: AddressPolicy = .any
    ) -> Self {
        FetchRequest(
            method: method,
            url: url,
            headers: headers,
            timeout: timeout,
            responseLimit: responseLimit,
            addressPolicy: addressPolicy
        )
    }
}
