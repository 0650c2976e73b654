import FetchCore
import Logging

/// Writes the lines for events to a logger, within limits.
struct LogWriter {
    private let logger: Logger
    private let retriesPerMinute: Int
    private var rateLimit = LogRateLimit()
    private var dropped = 0

    init(_ logger: Logger, retriesPerMinute: Int) {
        self.logger = logger
        self.retriesPerMinute = retriesPerMinute
    }

    /// Writes the line for an event, unless the logger leaves its level out or it is only counted.
    mutating func write(_ recorded: RecordedEvent, after duration: Duration?) {
        guard recorded.event.highestLevel >= logger.logLevel else { return }
        let entry = LogEntry(recorded, after: duration)
        guard entry.level >= logger.logLevel else { return }
        guard let (kind, burst) = limit(for: recorded.event.kind), entry.level >= .warning else { return write(entry) }
        let key = LogRateLimit.Key(provider: recorded.event.provider, account: recorded.event.account, kind: kind)
        if let entry = rateLimit.admit(entry, key, burst: burst, at: recorded.time) { write(entry) }
    }

    /// Notes that events were dropped. One line is written for all of them with the next sample.
    mutating func noteDropped(_ count: Int) { dropped += count }

    /// Writes the lines that stand for others, and the number of dropped events.
    ///
    /// - Parameter time: The current time. `nil` if nothing comes any more.
    mutating func writeCounted(at time: Duration?) {
        for entry in rateLimit.takeCounted(at: time) { write(entry) }
        guard dropped > 0 else { return }
        write(LogEntry(level: .warning, message: "Events were dropped", metadata: ["fetch.count": "\(dropped)"]))
        dropped = 0
    }

    private func write(_ entry: LogEntry) {
        logger.log(level: entry.level, "\(entry.message)", metadata: entry.metadata)
    }

    /// Returns the kind of a line whose number in a minute is limited, and that number.
    private func limit(for kind: FetchEvent.Kind) -> (kind: String, burst: Int)? {
        switch kind {
        case .throttled: ("throttled", 1)
        case .retrying(let retry): ("retrying \(retry.error.code)", retriesPerMinute)
        case .failed(let error, _) where error.isAboutAccount: ("failed \(error.code)", 1)
        case .waitFailed(let error, _): ("wait failed \(error.code)", retriesPerMinute)
        case .failed, .requested, .pending, .detected: nil
        }
    }
}

extension FetchEvent {
    /// The highest level that the event's line may have, so that lines that aren't written cost nothing.
    fileprivate var highestLevel: Logger.Level {
        switch kind {
        case .requested: .trace
        case .pending: .debug
        case .detected: .info
        case .failed(let error, _): error.isRetryable ? .debug : .error
        case .retrying, .throttled: .warning
        case .waitFailed(let error, _): error.isRetryable ? .warning : .debug
        }
    }
}

extension FetchError {
    /// True if the same error is to be expected for all jobs of the account.
    fileprivate var isAboutAccount: Bool {
        let codes: [Code] = [.unauthorized, .missingKey, .malformedKey, .paymentRequired, .forbidden]
        return codes.contains(code)
    }
}
