package import FetchCore
import Synchronization

/// The events of a client that a command shows.
package struct EventInterests: OptionSet, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Each change of a job: requests that begin, pending responses, retries.
    package static let changes = Self(rawValue: 1)
    /// The end of each request.
    package static let requests = Self(rawValue: 2)
}

/// The events that wait to be shown. As the client's observer, it receives what a batch doesn't report.
///
/// A terminal may be slower than the providers. Beyond a limit, the oldest events that later ones replace are left out.
package final class EventMailbox: FetchObserver {
    private struct State {
        var events: [JobEvent] = []
        var rejections: [(line: Int, error: UsageError)] = []
        var lastLine = 0
        var hasRejected = false
    }

    private static let limit = 20_000

    /// An element for each time that events have come, but only one while it isn't taken.
    let signals: AsyncStream<Void>

    private let interests: EventInterests
    private let signal: AsyncStream<Void>.Continuation
    private let state = Mutex(State())
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant

    /// Creates an empty mailbox.
    package init(_ interests: EventInterests) {
        self.interests = interests
        start = clock.now
        (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// True if the client has to report its events.
    var isObserver: Bool { !interests.isEmpty }

    /// The time since the program began.
    var now: Duration { clock.now - start }

    package func record(_ event: FetchEvent) {
        if interests.contains(.requests), let report = RequestReport(event) {
            post(.responded(report), of: event.job)
        }
        guard interests.contains(.changes) else { return }
        switch event.kind {
        case .requested: post(.requested, of: event.job)
        case .pending(let progress, _): post(.pending(progress, requests: event.request.number), of: event.job)
        case .retrying(let retry): post(.retry(retry), of: event.job)
        case .detected, .failed, .throttled, .waitFailed: break
        }
    }

    /// Adds an event.
    package func post(_ kind: JobEvent.Kind, of job: JobReference) {
        let event = JobEvent(kind, of: job, at: now)
        state.withLock { state in
            state.events.append(event)
            if state.events.count > Self.limit {
                let oldest = state.events.prefix(Self.limit / 2).filter { !$0.isReplaceable }
                state.events.replaceSubrange(..<(Self.limit / 2), with: oldest)
            }
        }
        signal.yield()
    }

    /// Notes that a line of standard input was read.
    func noteLine(_ number: Int) { state.withLock { $0.lastLine = number } }

    /// Adds a line of standard input that isn't a job.
    func reject(_ line: Int, _ error: UsageError) {
        state.withLock { state in
            state.rejections.append((line, error))
            state.hasRejected = true
        }
        signal.yield()
    }

    /// Removes and returns the events, in their order.
    func take() -> [JobEvent] { state.withLock { exchange(&$0.events, with: []) } }

    /// Removes and returns the lines of standard input that aren't jobs.
    func takeRejections() -> [(line: Int, error: UsageError)] {
        state.withLock { exchange(&$0.rejections, with: []) }
    }

    /// True if a line of standard input wasn't a job.
    var hasRejected: Bool { state.withLock(\.hasRejected) }

    /// The number of lines of standard input that were read.
    var lastLine: Int { state.withLock(\.lastLine) }
}

private func exchange<Value>(_ value: inout [Value], with other: [Value]) -> [Value] {
    defer { value = other }
    return value
}
