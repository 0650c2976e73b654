import FetchCore
import Foundation

/// The durations of consecutive polls of one URL.
struct Latencies {
    let times: [Duration]

    var worst: Duration { times.max() ?? .zero }

    var median: Duration { times.isEmpty ? .zero : times.sorted()[times.count / 2] }

    /// Polls the URL a number of times, one poll after the other.
    init(of count: Int, polling url: URL, over transport: some FetchTransport) async throws {
        var times: [Duration] = []
        for _ in 0..<count {
            let start = ContinuousClock.now
            let response = try await transport.send(.poll(url))
            times.append(ContinuousClock.now - start)
            Violations.expect(response.status == 200, "\(url) responded with \(response.status)")
        }
        self.times = times
    }
}
