import FetchCore
import Foundation

/// A simulation of Papercut in which every job succeeds three seconds after the start.
///
/// It conforms to `FetchTransport`, since a service also maps a request to a response. `LoopbackServer` serves it on a
/// socket.
struct SimulatedPapercut: FetchTransport {
    private let start = ContinuousClock.now
    private let duration: Duration = .seconds(3)

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        guard request.headers["X-Papercut-Key"] == "pc-simulated" else { return FetchResponse(status: 401) }
        let secondsLeft = (duration - (ContinuousClock.now - start)) / .seconds(1)
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
