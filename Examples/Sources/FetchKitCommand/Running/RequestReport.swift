import FetchCore

/// One request for a job, as `--verbose` shows it.
package struct RequestReport: Sendable {
    /// The number of the request in the wait for the job.
    package let number: Int
    /// The host that it was sent to. `nil` if nothing was sent.
    package let host: String?
    /// The HTTP status of the response. `nil` if none was received.
    package let status: Int?
    /// The time from the beginning of the request.
    package let latency: Duration
    /// What the response says, or the error.
    package let result: String

    /// Creates the report of an event. Returns `nil` for an event that isn't the end of a request.
    init?(_ event: FetchEvent) {
        switch event.kind {
        case .pending(let progress, let latency): (self.latency, result) = (latency, progress.description)
        case .detected(let isSuccess, let latency, _):
            (self.latency, result) = (latency, isSuccess ? "succeeded" : "failed")
        case .failed(let error, let latency): (self.latency, result) = (latency, "\(error.code)")
        case .requested, .retrying, .throttled, .waitFailed: return nil
        }
        (number, host, status) = (event.request.number, event.request.host, event.request.httpStatus)
    }

    /// The request on one line, without the job.
    package var text: String {
        let target = host ?? "not sent"
        let response = status.map { "HTTP \($0)" } ?? "no response"
        return "request \(number)  \(target)  \(response)  \(latency.rounded) s  \(result)".printable
    }
}
