import FetchCore
import FetchJobs
import Foundation

/// A line about a job of a store.
struct QueueLine {
    private let job: JobReference
    private let fields: [(name: String, value: JSONValue)]
    private let words: String
    private let outputs: [String]

    /// Creates the line of a job in a state.
    init(id: StoredJobID, job: JobReference, state: String) {
        self.init(id, job, state, words: state, outputs: [], message: nil, error: nil, requests: nil)
    }

    /// Creates the line of a job that waits or is parked.
    init(_ stored: StoredJob) {
        let state = stored.parkedReason == nil ? "waiting" : "parked"
        let words =
            stored.parkedReason.map { "parked: \($0)" } ?? "waiting until \(stored.deadline.formatted(.iso8601))"
        self.init(
            stored.id,
            stored.job.job,
            state,
            words: words,
            outputs: [],
            message: stored.parkedReason,
            error: nil,
            requests: nil
        )
    }

    /// Creates the line of a job that has ended.
    init(_ outcome: StoredOutcome) {
        let message = outcome.failure?.description ?? outcome.end.error?.message
        self.init(
            outcome.id,
            outcome.job.job,
            outcome.end.kind.rawValue,
            words: outcome.end.kind.rawValue + (message.map { ": \($0)" } ?? ""),
            outputs: outcome.outputs,
            message: message,
            error: outcome.end.error?.code.description,
            requests: outcome.end.requests
        )
    }

    private init(
        _ id: StoredJobID,
        _ job: JobReference,
        _ state: String,
        words: String,
        outputs: [String],
        message: String?,
        error: String?,
        requests: Int?
    ) {
        (self.job, self.words, self.outputs) = (job, words, outputs)
        fields = [
            ("id", .integer(id.rawValue)), ("job", .string(job.description)), ("state", .string(state)),
            ("outputs", .array(outputs.map(JSONValue.string))), ("message", message.map(JSONValue.string) ?? .null),
            ("error", error.map(JSONValue.string) ?? .null),
            ("requests", requests.map { .integer(Int64($0)) } ?? .null), ("v", 1),
        ]
    }

    /// Returns the line in a format.
    func text(_ format: OutputFormat) -> String {
        switch format {
        case .text: (["\(job)  \(words)".printable] + outputs.map { "  \($0.printable)" }).joined(separator: "\n")
        case .quiet: job.description.printable
        case .json: "{" + fields.map { "\"\($0.name)\":\($0.value.encoded)" }.joined(separator: ",") + "}"
        }
    }
}

extension StoredOutcome {
    /// The provider's reason if the job has failed.
    fileprivate var failure: JobFailure? { end.failure }

    /// The links and strings of the outputs.
    fileprivate var outputs: [String] {
        end.artifacts.compactMap { $0.url?.absoluteString ?? $0.text ?? $0.json?.encoded }
    }
}
