package import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The outputs of a job after it was polled again, once for all links that are found dead within a minute.
///
/// The first output that needs a link polls, in its own task, and the others wait for it. One that needs a link later
/// polls again, since the links of the poll before may be dead as well: an output may be queued for as long as the
/// others are downloaded.
package final class JobLinks: Sendable {
    private enum State {
        case unknown
        case polling([Promise<Void>])
        case known(Result<[Artifact], any Error>, since: Duration)
    }

    private enum Step {
        case poll
        case wait
        case end(Result<[Artifact], any Error>)
    }

    /// The time after a poll during which its links are used.
    private static let lifetime = Duration.seconds(60)

    private let timeline: Timeline
    private let poll: @Sendable () async throws -> [Artifact]
    private let state = Mutex(State.unknown)

    /// - Parameters:
    ///   - clock: Measures the time since a poll.
    ///   - poll: Polls the job until it has ended, and returns its outputs.
    package init(_ clock: any Clock<Duration>, _ poll: @escaping @Sendable () async throws -> [Artifact]) {
        timeline = Timeline(clock)
        self.poll = poll
    }

    /// Returns the links of one output as they are now.
    ///
    /// - Parameter index: The position of the output.
    /// - Returns: The link and its mirrors. Empty if the job no longer has that output.
    /// - Throws: The error of the poll; `CancellationError` as soon as the task is cancelled.
    package func links(of index: Int) async throws -> [URL] {
        let artifacts = try await artifacts()
        guard artifacts.indices.contains(index), let link = artifacts[index].url else { return [] }
        return [link] + artifacts[index].mirrors
    }

    private func artifacts() async throws -> [Artifact] {
        while true {
            let end = Promise<Void>()
            switch step(waitingFor: end) {
            case .poll: return try await pollNow()
            case .end(let result): return try result.get()
            case .wait:
                try await withTaskCancellationHandler {
                    try await end.wait()
                } onCancel: {
                    end.fulfill(.failure(CancellationError()))
                }
            }
        }
    }

    private func step(waitingFor end: Promise<Void>) -> Step {
        let now = timeline.now
        return state.withLock { state in
            switch state {
            case .polling(let waiters):
                state = .polling(waiters + [end])
                return .wait
            case .known(let result, let date) where now < date + Self.lifetime: return .end(result)
            case .unknown, .known:
                state = .polling([])
                return .poll
            }
        }
    }

    private func pollNow() async throws -> [Artifact] {
        let result: Result<[Artifact], any Error>
        do {
            result = .success(try await poll())
        } catch {
            result = .failure(error)
        }
        let now = timeline.now
        let waiters = state.withLock { state -> [Promise<Void>] in
            defer {
                // If the task was cancelled, the next output polls.
                if case .failure(let error) = result, error is CancellationError {
                    state = .unknown
                } else {
                    state = .known(result, since: now)
                }
            }
            if case .polling(let waiters) = state { return waiters }
            return []
        }
        for waiter in waiters { waiter.fulfill(.success(())) }
        return try result.get()
    }
}
