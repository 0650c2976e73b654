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

    /// The number of failed requests in a row after which a download ends.
    package static let maximumFailures = 8

    /// The pauses while a file isn't there yet, one for each round through all links. The last one is repeated.
    private static let absencePauses: [Duration] = [1, 2, 4, 8, 15].map { .seconds($0) }

    /// The longest pause after a failed request, unless the server asks for a longer one.
    private static let longestPause = Duration.seconds(30)

    /// The longest pause that a server may ask for. After that, the download ends instead.
    private static let longestRetryAfter = Duration.seconds(600)

    private var links: [URL]
    private var deadLinks: Set<URL> = []
    private var position = 0
    private var failures = 0
    private var absences = 0
    private var restarts = 0
    private var canPollAgain: Bool

    /// The number of redirects that led to the current URL.
    package private(set) var redirects = 0

    /// Creates a plan.
    ///
    /// - Parameters:
    ///   - links: The link of the file and its mirrors, at least one.
    ///   - canPollAgain: True if the job can be polled for a new link.
    package init(links: [URL], canPollAgain: Bool) {
        self.links = links
        self.canPollAgain = canPollAgain
    }

    /// The first action.
    package var first: Step { links.first.map { .request($0, after: .zero) } ?? .fail(Self.noLink) }

    /// Notes that bytes of the file have been received, so that earlier failures no longer count.
    package mutating func noteProgress() { (failures, restarts) = (0, 0) }

    /// Returns the action after a redirect, whose number has been checked.
    package mutating func follow(_ url: URL) -> Step {
        redirects += 1
        return .request(url, after: .zero)
    }

    /// Returns the action after a response that belongs to another version of the file.
    package mutating func startOver(_ url: URL) -> Step {
        restarts += 1
        guard restarts <= 3 else {
            return next(after: FetchError(.incompleteOutput, "the file changed each time while it was received"))
        }
        return .request(url, after: .zero)
    }

    /// Returns the action after a request that may succeed later.
    ///
    /// - Parameters:
    ///   - error: The error of the request.
    ///   - random: A number from 0 to 1, for the jitter of the pause.
    /// - Returns: A request of the next link, at once if there is one that has failed less often; or the end.
    package mutating func retry(after error: FetchError, random: Double) -> Step {
        failures += 1
        guard failures < Self.maximumFailures else { return .fail(error) }
        guard error.retryAfter ?? .zero <= Self.longestRetryAfter else { return .fail(error) }
        let isNewRound = advance()
        if !isNewRound, error.retryAfter == nil { return request(after: .zero) }
        let bound = min(.seconds(1) * (1 << min(failures / max(links.count, 1), 10)), Self.longestPause)
        return request(after: max(bound * (0.5 + random / 2), error.retryAfter ?? .zero))
    }

    /// Returns the action while the file may still appear: a request of the next link, with a pause after each round.
    package mutating func wait(for error: FetchError) -> Step {
        guard advance() else { return request(after: .zero) }
        absences += 1
        let pause = Self.absencePauses[min(absences, Self.absencePauses.count) - 1]
        return request(after: max(pause, error.retryAfter ?? .zero))
    }

    /// Returns the action after a link that no longer leads to the file, or never did: another link, or a new one.
    package mutating func next(after error: FetchError) -> Step {
        deadLinks.insert(links[position])
        links.remove(at: position)
        redirects = 0
        if !links.isEmpty {
            position %= links.count
            return request(after: .zero)
        }
        guard canPollAgain, error.code == .outputExpired else { return .fail(error) }
        canPollAgain = false
        return .pollAgain
    }

    /// Returns the action with the links that the job has now.
    ///
    /// - Parameters:
    ///   - links: The links. Those that have failed aren't requested again.
    ///   - error: The error because of which the job was polled again.
    /// - Returns: A request, or the end if there is no new link.
    package mutating func renew(_ links: [URL], after error: FetchError) -> Step {
        self.links = links.filter { !deadLinks.contains($0) }
        (position, failures, absences) = (0, 0, 0)
        return self.links.isEmpty ? .fail(error) : request(after: .zero)
    }

    /// Goes to the next link; true if that is the first one again.
    private mutating func advance() -> Bool {
        position = (position + 1) % links.count
        redirects = 0
        return position == 0
    }

    private func request(after pause: Duration) -> Step { .request(links[position], after: pause) }

    private static let noLink = FetchError(.unusableOutput, "the output has no link")
}
