import FetchCore
import Foundation

/// A Papercut for this example alone: every job is ready three seconds after the start.
///
/// A service is a transport turned round. `LoopbackServer` puts it behind a socket.
struct SimulatedPapercut: FetchTransport {
    private let start = ContinuousClock.now
    private let duration: Duration = .seconds(3)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        guard request.headers["X-Papercut-Key"] == "pc-simulated" else { return FetchResponse(status: 401) }
        let secondsLeft = (duration - (ContinuousClock.now - start)).seconds
        let id = request.url.lastPathComponent
        let body =
            secondsLeft > 0
            ? #"{"state": "cutting", "secondsLeft": \#(secondsLeft)}"#
            : #"""
            {"state": "cut", "paper": "blue", "layers": [
                "https://cdn.papercut.example/\#(id)/sky.svg", "https://cdn.papercut.example/\#(id)/hills.svg"]}
            """#
        return FetchResponse(status: 200, headers: ["Content-Type": "application/json"], body: Data(body.utf8))
    }
}
