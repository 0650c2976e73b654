import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A simulated provider, in memory. A job is done at its second poll.
final class Provider: FetchTransport {
    private let polls = Mutex<[Int: Int]>([:])

    /// The number of polls of all jobs in a range of ids.
    func polls(of jobs: Range<Int>) -> Int {
        polls.withLock { polls in jobs.reduce(0) { $0 + polls[$1, default: 0] } }
    }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        let job = Int(request.url.lastPathComponent) ?? -1
        let count = polls.withLock { polls in
            polls[job, default: 0] += 1
            return polls[job, default: 0]
        }
        return FetchResponse(status: count > 1 ? 200 : 202)
    }
}
