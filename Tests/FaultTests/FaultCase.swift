import FetchCore
import FetchTesting
import Testing

/// A row of the matrix: what a server does, and what comes of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    /// What the caller sees in the end.
    enum Outcome: Sendable, Equatable, CustomStringConvertible {
        case done
        case pending
        /// An error of that code, and asking again may help.
        case again(FetchError.Code)
        /// An error of that code, and asking again is no use.
        case never(FetchError.Code)

        var description: String {
            switch self {
            case .done: "done"
            case .pending: "pending"
            case .again(let code): "\(code), again"
            case .never(let code): "\(code), never"
            }
        }
    }

    let name: String
    /// The fault, and what the server does after it.
    var answers: [LoopbackAnswer]
    /// What `fetch` sees, with one request.
    let fetch: Outcome
    /// What ends the wait of `updates` and of a batch.
    let wait: Outcome
    /// How many requests the wait makes; at least as many where a deadline cuts it short.
    let requests: Int
    /// Whether the fault happens to each request, and not to the first alone.
    var goesOn = false
    var isCutShort = false
    /// How many of the requests the server doesn't get to see.
    var lost = 0
    /// Whether connections are refused until the first request has failed.
    var refuses = false
    var responseLimit = 1 << 20
    var policy = PollingPolicy(
        deadline: .seconds(60),
        requestTimeout: .seconds(30),
        minimumGap: .milliseconds(10),
        maximumGap: .milliseconds(20)
    )

    var testDescription: String { name }

    /// A fault that happens once. The next answer says that the job is done.
    init(
        _ name: String,
        _ answers: LoopbackAnswer...,
        fetch: Outcome,
        wait: Outcome,
        requests: Int
    ) {
        self.name = name
        self.answers = answers + [.done]
        self.fetch = fetch
        self.wait = wait
        self.requests = requests
    }
}

extension FaultCase {
    /// The same fault, for each request, until the wait has had enough: four requests, and the last one's error.
    func forEver() -> Self {
        var row = repeated("for ever", wait: fetch, requests: 4)
        row.policy.toleratedErrors = 3
        return row
    }

    /// The same fault, for each request, and a deadline that is over soon. How many requests fit in front of it depends on
    /// what else the machine has to do.
    func untilDeadline() -> Self {
        var row = repeated("until a deadline", wait: .again(.deadlineExceeded), requests: 1)
        row.policy.toleratedErrors = .max
        row.policy.deadline = .milliseconds(800)
        row.isCutShort = true
        return row
    }

    private func repeated(_ words: String, wait: Outcome, requests: Int) -> Self {
        var row = Self("\(name), \(words)", fetch: fetch, wait: wait, requests: requests)
        row.answers = [answers[0]]
        row.goesOn = true
        row.lost = lost
        row.refuses = refuses
        row.responseLimit = responseLimit
        row.policy = policy
        return row
    }

    /// The same fault, with so much time for a request.
    func within(_ timeout: Duration) -> Self {
        var row = self
        row.policy.requestTimeout = timeout
        return row
    }

    /// The same fault, on the way to the server.
    func losing(_ requests: Int) -> Self {
        var row = self
        row.lost = requests
        return row
    }

    /// The same fault, with a limit of so many bytes for an answer.
    func limited(to bytes: Int) -> Self {
        var row = self
        row.responseLimit = bytes
        return row
    }
}

extension LoopbackAnswer {
    /// The job is done.
    static var done: Self { .json(#"{"status":"done","link":"https://example.com/a.mp4"}"#) }

    /// An answer of bytes whose lines end as in HTTP.
    static func lines(_ lines: String..., body: String = "") -> Self {
        .text((lines + ["", ""]).joined(separator: "\r\n") + body)
    }
}
