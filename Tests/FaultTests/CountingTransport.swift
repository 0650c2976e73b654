import FetchCore
import FetchURLSession
import Synchronization

/// The URLSession transport, with connections of its own and a count of what is on its way.
final class CountingTransport: FetchTransport {
    private let transport = URLSessionTransport()
    private let counts = Mutex((sent: 0, inFlight: 0))

    var sent: Int { counts.withLock(\.sent) }

    var inFlight: Int { counts.withLock(\.inFlight) }

    var endsOnTime: Bool { transport.endsOnTime }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        counts.withLock { $0 = ($0.sent + 1, $0.inFlight + 1) }
        defer { counts.withLock { $0.inFlight -= 1 } }
        return try await transport.send(request)
    }
}
