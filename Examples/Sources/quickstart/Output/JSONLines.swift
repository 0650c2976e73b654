import FetchCore
import Foundation

/// A JSON object a line for each event, for programs.
struct JSONLines: Output {
    func show(_ event: JobEvent) {
        guard let line = JSONLine(event) else { return }
        Console.print(line.text)
    }
}

/// One line: the same keys in the same order each time.
struct JSONLine {
    private let fields: [(name: String, value: JSONValue)]

    /// The line for an update or a result; nil for a request that is made again, which is neither.
    init?(_ event: JobEvent) {
        var state = ""
        var eta: Duration?
        var outputs: [String] = []
        var message: String?
        var code: FetchError.Code?
        var isRetryable: Bool?

        switch event.news {
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
            ("eta", eta.map { .number($0.seconds) } ?? .null),
            ("outputs", .array(outputs.map(JSONValue.string))),
            ("message", message.map(JSONValue.string) ?? .null),
            ("error", code.map { .string($0.description) } ?? .null),
            ("retryable", isRetryable.map(JSONValue.bool) ?? .null),
        ]
    }

    /// The line. An encoder would write the keys in an order of its own.
    var text: String {
        "{" + fields.map { "\(JSONValue.string($0.name).text):\($0.value.text)" }.joined(separator: ",") + "}"
    }
}

extension FetchError {
    /// What happened and what can be done, without what has a key of its own in the line.
    fileprivate var explanation: String {
        let parts = [message, remedy, lastError.map { "Last error: \($0.message)" }]
        return parts.compactMap { $0 }.map { $0.hasSuffix(".") ? $0 : $0 + "." }.joined(separator: " ")
    }
}
