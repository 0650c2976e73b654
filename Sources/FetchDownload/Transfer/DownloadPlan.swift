package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The requests of one download, decided one by one from what the requests before have brought: from the link, from its
/// mirrors, and from a new link of the job.
package struct DownloadPlan: Sendable {
    /// The next action of a download.
    package enum Step: Sendable, Equatable {
        /// Request a URL after a pause.
        case request(URL, after: Duration)
        /// Poll the job again, for a link that lives.
        case pollAgain
        /// End the download.
        case fail(FetchError)
    }

    /// The number of failed requests of a link, without bytes that are new in between, after which the link is dead.
    package static let maximumFailures = 8

    /// The number of times that a link may have another version of the file.
    private static let maximumRestarts = 3

    /// The pauses of a link whose file isn't there yet. The last one is repeated.
    private static let absencePauses: [Duration] = [1, 2, 4, 8, 15].map { .seconds($0) }

    /// The longest pause after a failed request, unless the server asks for a longer one.
    private static let longestPause = Duration.seconds(30)

    /// The longest pause that a server may ask for. A link for which it asks for more is dead.
    private static let longestRetryAfter = Duration.seconds(600)

    private struct Source: Sendable {
        let link: URL
        var failures = 0
        var absences = 0
        var restarts = 0
        /// The time before which it isn't requested again.
        var nextRequest = Duration.zero
    }

    private var sources: [Source]
    private var current = 0
    private var deadLinks: Set<URL> = []
    /// The error of a link that has expired, so that the job may have a new one.
    private var expiry: FetchError?
    private var canPollAgain: Bool
    /// The largest number of bytes that were there after a request.
    private var longestLength: Int64 = 0

    /// The number of redirects that led to the current URL.
    package private(set) var redirects = 0

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - links: The link of the file and its mirrors, at least one.
    ///   - canPollAgain: True if the job can be polled for a new link.
    package init(links: [URL], canPollAgain: Bool) {
        sources = links.map { Source(link: $0) }
        self.canPollAgain = canPollAgain
    }

    /// The link that is requested now, or that redirects to what is requested. `nil` if there is none.
    package var link: URL? { sources.indices.contains(current) ? sources[current].link : nil }

    /// The first action.
    package var first: Step {
        link.map { .request($0, after: .zero) } ?? .fail(FetchError(.unusableOutput, "the output has no link"))
    }

    /// Notes how many bytes of the file are there after a request. If there have never been more, the failures before
    /// no longer count.
    package mutating func noteLength(_ length: Int64) {
        guard length > longestLength, sources.indices.contains(current) else { return }
        longestLength = length
        sources[current].failures = 0
    }

    /// Returns the action after a redirect, whose number has been checked.
    package mutating func follow(_ url: URL) -> Step {
        redirects += 1
        return .request(url, after: .zero)
    }

    /// Returns the action after a response that belongs to another version of the file.
    ///
    /// - Parameters:
    ///   - url: The URL that was requested.
    ///   - now: The current time.
    /// - Returns: The same request, for the whole file; another link, or the end, if that happens too often.
    package mutating func startOver(_ url: URL, at now: Duration) -> Step {
        sources[current].restarts += 1
        guard sources[current].restarts <= Self.maximumRestarts else {
            let error = FetchError(.incompleteOutput, "the file changed each time while it was received")
            return next(after: error, at: now)
        }
        return .request(url, after: .zero)
    }

    /// Returns the action after a request that may succeed later.
    ///
    /// - Parameters:
    ///   - error: The error of the request.
    ///   - now: The current time.
    ///   - random: A number from 0 to 1, for the jitter of the pause.
    /// - Returns: A request of the link that may be requested first; or the end.
    package mutating func retry(after error: FetchError, at now: Duration, random: Double) -> Step {
        sources[current].failures += 1
        let failures = sources[current].failures
        let retryAfter = error.retryAfter ?? .zero
        guard failures < Self.maximumFailures, retryAfter <= Self.longestRetryAfter else {
            return next(after: error, at: now)
        }
        let bound = min(.seconds(1) * (1 << failures), Self.longestPause)
        sources[current].nextRequest = now + max(bound * (0.5 + random / 2), retryAfter)
        return requestNext(at: now)
    }

    /// Returns the action while the file may still appear: a request of the link that may be requested first.
    package mutating func wait(for error: FetchError, at now: Duration) -> Step {
        sources[current].absences += 1
        let pauses = Self.absencePauses
        let pause = pauses[min(sources[current].absences, pauses.count) - 1]
        // The file will be there when the job's service has stored it, of which the server of the file knows nothing.
        let retryAfter = min(error.retryAfter ?? .zero, pauses[pauses.count - 1])
        sources[current].nextRequest = now + max(pause, retryAfter)
        return requestNext(at: now)
    }

    /// Returns the action after a link that no longer leads to the file, or never did: another link, or a new one.
    package mutating func next(after error: FetchError, at now: Duration) -> Step {
        deadLinks.insert(sources[current].link)
        sources.remove(at: current)
        current -= 1
        if error.code == .outputExpired { expiry = error }
        if !sources.isEmpty { return requestNext(at: now) }
        guard mayHaveNewLink else { return .fail(expiry ?? error) }
        canPollAgain = false
        return .pollAgain
    }

    /// True if a link has expired, and the job hasn't been polled for a new one.
    private var mayHaveNewLink: Bool { canPollAgain && expiry != nil }

    /// Returns the action with the links that the job has now.
    ///
    /// - Parameters:
    ///   - links: The links. Those that are dead aren't requested again.
    ///   - now: The current time.
    /// - Returns: A request of a new link, or of a mirror that isn't dead; or the end if there is none.
    package mutating func renew(_ links: [URL], at now: Duration) -> Step {
        let known = Set(sources.map(\.link)).union(deadLinks)
        sources.insert(contentsOf: links.filter { !known.contains($0) }.map { Source(link: $0) }, at: 0)
        current = -1
        guard !sources.isEmpty else {
            return .fail(expiry ?? FetchError(.outputExpired, "the link of the output is dead"))
        }
        return requestNext(at: now)
    }

    /// Returns a request of the link that may be requested first, after the rest of its pause. Before a pause, the job
    /// is polled for a new link if one has expired: a mirror that has failed may never be there.
    private mutating func requestNext(at now: Duration) -> Step {
        let others = sources.indices.map { (current + 1 + $0) % sources.count }
        let next = others.min { max(sources[$0].nextRequest, now) < max(sources[$1].nextRequest, now) }
        (current, redirects) = (next ?? 0, 0)
        let pause = max(sources[current].nextRequest - now, .zero)
        if pause > .zero, mayHaveNewLink {
            canPollAgain = false
            return .pollAgain
        }
        return .request(sources[current].link, after: pause)
    }
}
