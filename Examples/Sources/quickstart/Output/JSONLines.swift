import FetchCore
import Foundation

/// An output that prints one JSON object per line for each event.
struct JSONLines: Output {
    func show(_ event: JobEvent) {
        for line in JSONLine.lines(for: event) { Console.print(line.text) }
    }
}

/// A JSON object for one event. Every object has the same keys in the same order.
struct JSONLine {
    private let fields: [(name: String, value: JSONValue)]

    /// Returns the objects for an event: one for the files that were saved, one for each output that couldn't be, and
    /// one for anything else that is printed.
    static func lines(for event: JobEvent) -> [Self] {
        var kinds = [event.kind]
        if case .saved(let result) = event.kind, !result.errors.isEmpty {
            kinds = result.files.isEmpty ? [] : [.saved(SavedResult(files: result.files))]
            kinds += result.errors.map { .error($0) }
        }
        return kinds.compactMap { Self(JobEvent(job: event.job, kind: $0)) }
    }

    /// Creates the object for an update, for files or for an error. Returns `nil` for a retry and for the progress of
    /// saving, which aren't printed.
    private init?(_ event: JobEvent) {
        var state = ""
        var eta: Duration?
        var outputs: [String] = []
        var message: String?
        var code: FetchError.Code?
        var isRetryable: Bool?

        switch event.kind {
        case .update(let update):
            outputs = update.outputs
            switch update.state {
            case .pending(let progress):
                (state, eta, message) = ("pending", progress.eta, progress.message)
            case .succeeded:
                state = "succeeded"
            case .failed(let failure):
                (state, message, code, isRetryable) = (
                    "failed", failure.message ?? failure.description, .jobFailed, false
                )
            }
        case .retry, .saving:
            return nil
        case .saved(let result):
            (state, outputs) = ("saved", result.files.map(\.path))
        case .error(let error):
            (state, message, code, isRetryable) = ("error", error.explanation, error.code, error.isRetryable)
        }
        fields = [
            ("job", .string(event.job.description)),
            ("state", .string(state)),
            ("eta", eta.map { .number($0 / .seconds(1)) } ?? .null),
            ("outputs", .array(outputs.map(JSONValue.string))),
            ("message", message.map(JSONValue.string) ?? .null),
            ("error", code.map { .string($0.description) } ?? .null),
            ("retryable", isRetryable.map(JSONValue.bool) ?? .null),
        ]
    }

    /// The object as a string. It isn't encoded by `JSONEncoder`, which doesn't keep the order of keys.
    var text: String {
        "{" + fields.map { "\(JSONValue.string($0.name).text):\($0.value.text)" }.joined(separator: ",") + "}"
    }
}

extension FetchError {
    /// The message, the remedy and the last error. The code and retryability have their own keys.
    fileprivate var explanation: String {
        let parts = [message, remedy, lastError.map { "Last error: \($0.message)" }]
        return parts.compactMap { $0 }.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }
}
