import FetchCore
import FetchMetrics
package import Logging

/// A line for a log.
package struct LogEntry: Sendable, Equatable {
    /// The level.
    package let level: Logger.Level
    /// The message, which is the same for all lines of its kind.
    package let message: String
    /// The values.
    package var metadata: Logger.Metadata

    /// Creates a line.
    package init(level: Logger.Level, message: String, metadata: Logger.Metadata) {
        self.level = level
        self.message = message
        self.metadata = metadata
    }
}

extension LogEntry {
    /// Returns the line for an event.
    ///
    /// - Parameters:
    ///   - recorded: The event.
    ///   - duration: The duration of a wait that ends with the event. `nil` if it isn't known.
    init(_ recorded: RecordedEvent, after duration: Duration?) {
        let event = recorded.event
        switch event.kind {
        case .requested:
            self.init(event, .trace, "Request begins")
        case .pending(let progress, let latency):
            self.init(event, .debug, "Job is pending")
            metadata.set("fetch.latency", latency)
            metadata.set("fetch.eta", progress.eta)
            if let fraction = progress.fraction { metadata["fetch.fraction"] = "\(fraction)" }
        case .detected(let isSuccess, let latency, let undetected):
            self.init(event, .info, isSuccess ? "Job succeeded" : "Job failed")
            metadata["fetch.outcome"] = isSuccess ? "succeeded" : "failed"
            metadata["fetch.requests"] = "\(event.request.number)"
            metadata.set("fetch.latency", latency)
            metadata.set("fetch.seconds", duration)
            metadata.set("fetch.detection_delay", undetected)
        case .failed(let error, let latency):
            // A retry, or the caller's own handling of the error, follows if it is retryable.
            self.init(event, error.isRetryable ? .debug : .error, "Request failed")
            metadata.set("fetch.latency", latency)
            metadata.set(error)
        case .retrying(let retry):
            // The pause after a 429 has a line of its own.
            self.init(event, retry.error.code == .rateLimited ? .debug : .warning, "Request failed and is retried")
            metadata.set("fetch.next_request", retry.nextRequest)
            metadata.set(retry.error)
        case .throttled(let pause):
            self.init(event, .warning, "Provider limits the rate")
            metadata.set("fetch.pause", pause)
        case .waitFailed(let error, let elapsed):
            // An error that isn't retried has the line of its request.
            self.init(event, error.isRetryable ? .warning : .debug, "Wait ended without a result")
            metadata["fetch.requests"] = "\(event.request.number)"
            metadata.set("fetch.seconds", elapsed)
            metadata.set(error)
        }
    }

    private init(_ event: FetchEvent, _ level: Logger.Level, _ message: String) {
        var metadata: Logger.Metadata = [
            "fetch.job": "\(LinkRedaction.withoutSignatures(event.job.description))",
            "fetch.endpoint": "\(event.job.endpoint)",
            "fetch.provider": "\(event.provider)",
        ]
        if let account = event.account { metadata["fetch.account"] = "\(account)" }
        if let host = event.request.host { metadata["fetch.host"] = "\(host)" }
        if let status = event.request.httpStatus { metadata["fetch.status"] = "\(status)" }
        self.init(level: level, message: message, metadata: metadata)
    }
}

extension Logger.Metadata {
    /// Adds a duration in seconds, with milliseconds. Nothing is added if it is `nil`.
    mutating func set(_ key: String, _ duration: Duration?) {
        guard let duration else { return }
        self[key] = "\(((duration / .milliseconds(1)).rounded()) / 1_000)"
    }

    /// Adds an error.
    mutating func set(_ error: FetchError) {
        self["fetch.error"] = "\(error.code)"
        self["fetch.message"] = "\(LinkRedaction.withoutQueries(error.message))"
        if let remedy = error.remedy { self["fetch.remedy"] = "\(LinkRedaction.withoutQueries(remedy))" }
    }
}
