import FetchCore
import Foundation

/// An output that prints one JSON object per line for each event.
struct JSONLines: Output {
    func show(_ event: JobEvent) {
        guard let line = JSONLine(event) else { return }
        Console.print(line.text)
    }
}

/// A JSON object for one event. Every object has the same keys in the same order.
struct JSONLine {
    private let fields: [(name: String, value: JSONValue)]

    /// Creates the object for an update or an error. Returns `nil` for a retry, which isn't printed.
    init?(_ event: JobEvent) {
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
        case .retry:
            return nil
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
