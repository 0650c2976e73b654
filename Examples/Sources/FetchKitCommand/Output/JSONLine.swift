import FetchCore
import FetchDownload

/// A JSON object for one event. Every object has the same keys in the same order; new ones are added at the end.
package struct JSONLine {
    private let fields: [(name: String, value: JSONValue)]

    /// Returns the lines for an event: one for the files that were saved, one for each output that couldn't be, and one
    /// for anything else that is printed.
    ///
    /// - Parameters:
    ///   - event: The event.
    ///   - moment: The times of the event.
    ///   - detail: The events that are printed.
    /// - Returns: The lines, each of which is an object.
    package static func lines(for event: JobEvent, at moment: JobMoment, _ detail: OutputDetail) -> [OutputLine] {
        objects(for: event, at: moment, detail).map { OutputLine($0.text) }
    }

    private static func objects(for event: JobEvent, at moment: JobMoment, _ detail: OutputDetail) -> [Self] {
        var values = Values(job: event.job, time: moment.elapsed)
        switch event.kind {
        case .added, .requested, .responded, .saving: return []
        case .pending(let progress, let requests):
            guard detail == .changes else { return [] }
            (values.state, values.eta, values.message) = ("pending", progress.eta, progress.message)
            (values.fraction, values.requests) = (moment.fraction, requests)
        case .retry(let retry):
            guard detail == .changes else { return [] }
            values.state = "retry"
            values.note(retry.error)
            values.requests = retry.requests
        case .ended(let outcome):
            values.note(outcome)
        case .saved(let result):
            let failed = result.errors.map { error in
                var copy = values
                copy.state = "error"
                copy.note(error)
                return Self(copy)
            }
            guard !result.files.isEmpty || failed.isEmpty else { return failed }
            (values.state, values.outputs) = ("saved", result.files.map(\.path))
            values.fraction = JobFraction(1, source: .provider)
            values.files = result.files.map { file in
                let type = file.mediaType.map(JSONValue.string) ?? .null
                return ["path": .string(file.path), "bytes": .integer(file.bytes), "type": type]
            }
            return [Self(values)] + failed
        }
        return [Self(values)]
    }

    /// The object as a string. It isn't encoded by `JSONEncoder`, which doesn't keep the order of keys.
    var text: String {
        "{" + fields.map { "\(JSONValue.string($0.name).encoded):\($0.value.encoded)" }.joined(separator: ",") + "}"
    }

    private init(_ values: Values) {
        fields = [
            ("job", .string(values.job.description)),
            ("state", .string(values.state)),
            ("eta", values.eta.map { .number($0 / .seconds(1)) } ?? .null),
            ("outputs", .array(values.outputs.map(JSONValue.string))),
            ("message", values.message.map(JSONValue.string) ?? .null),
            ("error", values.code.map { .string($0.description) } ?? .null),
            ("retryable", values.isRetryable.map(JSONValue.bool) ?? .null),
            ("v", 1),
            ("fraction", values.fraction.map { .number(($0.value * 1_000).rounded() / 1_000) } ?? .null),
            ("time", .number((values.time / .milliseconds(1)).rounded() / 1_000)),
            ("requests", values.requests.map { .integer(Int64($0)) } ?? .null),
            ("files", .array(values.files)),
        ]
    }

    /// The values of an object, most of which are absent.
    private struct Values {
        let job: JobReference
        var time: Duration
        var state = ""
        var eta: Duration?
        var outputs: [String] = []
        var message: String?
        var code: FetchError.Code?
        var isRetryable: Bool?
        var fraction: JobFraction?
        var requests: Int?
        var files: [JSONValue] = []

        init(job: JobReference, time: Duration) { (self.job, self.time) = (job, time) }

        mutating func note(_ error: FetchError) {
            (message, code, isRetryable) = (error.explanation, error.code, error.isRetryable)
        }

        mutating func note(_ outcome: JobOutcome) {
            (time, requests, outputs) = (outcome.elapsed, outcome.requests, outcome.outputs)
            if let failure = outcome.failure {
                (state, message, code, isRetryable) = (
                    "failed", failure.message ?? failure.description, .jobFailed, false
                )
            } else if let error = outcome.result.error {
                state = "error"
                note(error)
            } else {
                (state, fraction) = ("succeeded", JobFraction(1, source: .provider))
            }
        }
    }
}

extension FetchError {
    /// The message, the remedy and the last error. The code and retryability have their own keys.
    fileprivate var explanation: String {
        let parts = [message, remedy, lastError.map { "Last error: \($0.message)" }]
        return parts.compactMap { $0 }.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }
}
