import FetchCore
import Synchronization

/// A transport that counts its requests.
final class CountingTransport: FetchTransport {
    private let transport: any FetchTransport
    private let counts = Mutex((sent: 0, inFlight: 0))

    init(_ transport: any FetchTransport) { self.transport = transport }

    var sent: Int { counts.withLock(\.sent) }

    var inFlight: Int { counts.withLock(\.inFlight) }

    var enforcesTimeout: Bool { transport.enforcesTimeout }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        counts.withLock { $0 = ($0.sent + 1, $0.inFlight + 1) }
        defer { counts.withLock { $0.inFlight -= 1 } }
        return try await transport.send(request)
    }
}
