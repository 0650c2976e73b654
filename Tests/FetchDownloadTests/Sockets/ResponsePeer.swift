import Foundation
import Synchronization
import TransportPeers

/// A server on 127.0.0.1 that sends what a function returns, and records the requests.
final class ResponsePeer: Sendable {
    let peer: Peer
    private let log: RequestLog

    private final class RequestLog: Sendable {
        let requests = Mutex<[ReceivedRequest]>([])
    }

    /// Starts a server that responds with a function. Requests have a number, which begins at 1.
    init(_ respond: @escaping @Sendable (ReceivedRequest, Int) -> WireResponse) throws {
        let log = RequestLog()
        self.log = log
        peer = try Peer { connection in
            guard let request = connection.receiveRequest().map(ReceivedRequest.init) else { return }
            let number = log.requests.withLock { requests in
                requests.append(request)
                return requests.count
            }
            respond(request, number).send(to: connection)
        }
    }

    deinit { peer.stop() }

    var requests: [ReceivedRequest] { log.requests.withLock { $0 } }

    /// The URL of a file of the server.
    func url(_ path: String = "/a.png", host: String = "127.0.0.1") -> URL { peer.url(host: host, path: path) }
}
