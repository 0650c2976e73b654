package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// An event with the time at which it was recorded, since it is written later.
package struct RecordedEvent: Sendable {
    /// The event, without the parts that nothing is written of.
    package let event: FetchEvent
    /// The time since the telemetry was created.
    package let time: Duration
    /// The date.
    package let date: Date

    /// Creates a recorded event. Of a response, it keeps no details and no body, which could be large.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - time: The time since the telemetry was created.
    ///   - date: The date.
    package init(_ event: FetchEvent, at time: Duration, _ date: Date) {
        var event = event
        switch event.kind {
        case .pending(let progress, let latency):
            event.kind = .pending(JobProgress(eta: progress.eta, fraction: progress.fraction), latency: latency)
        case .failed(let error, let latency):
            event.kind = .failed(error.withoutResponse, latency: latency)
        case .retrying(var retry):
            retry.error = retry.error.withoutResponse
            event.kind = .retrying(retry)
        case .waitFailed(let error, let elapsed): event.kind = .waitFailed(error.withoutResponse, elapsed: elapsed)
        case .requested, .detected, .throttled: break
        }
        self.event = event
        self.time = time
        self.date = date
    }
}

extension FetchError {
    /// A new error with the code, the message, the remedy and the status of this one.
    fileprivate var withoutResponse: FetchError {
        var error = FetchError(
            code,
            String(message.prefix(1_000)),
            remedy: remedy,
            isRetryable: isRetryable,
            retryAfter: retryAfter
        )
        error.httpStatus = httpStatus
        return error
    }
}
