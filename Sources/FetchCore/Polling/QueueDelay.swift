/// The reason why a request that is due hasn't been sent.
enum QueueDelay: Sendable {
    /// The provider asked for a pause, which lasts for this time from now.
    case pause(Duration)
    /// The limits of the provider: other requests are in flight, or come first.
    case limits
}

extension QueueDelay {
    /// The reason, as a clause.
    var reason: String {
        switch self {
        case .pause(let rest): "the provider had asked to wait, for another \(rest.inSeconds) s"
        case .limits: "the limits of the provider's requests were reached"
        }
    }

    /// The action that lets the request be sent.
    var remedy: String {
        switch self {
        case .pause: "Try again when that time is over, or use a longer deadline."
        case .limits: "Poll fewer jobs at once, raise the provider's limits, or use a longer deadline."
        }
    }

    /// The time after which the provider accepts requests again, if it asked for a pause.
    var retryAfter: Duration? { if case .pause(let rest) = self { rest } else { nil } }
}
