package import FetchCore
import FetchTesting

/// A row of the matrix: what a server does, and what comes of it.
package struct FaultCase: Sendable {
    /// The end that a caller sees.
    package enum Outcome: Sendable, Equatable, CustomStringConvertible {
        case done
        case pending
        /// An error of that code that is retryable.
        case again(FetchError.Code)
        /// An error of that code that isn't retryable.
        case never(FetchError.Code)

        package var description: String {
            switch self {
            case .done: "done"
            case .pending: "pending"
            case .again(let code): "\(code), again"
            case .never(let code): "\(code), never"
            }
        }
    }

    /// What comes of a fault.
    struct Expectation: Sendable {
        /// The end of `fetch`, with one request.
        var fetch: Outcome
        /// The end of the wait of `updates` and of a batch.
        var wait: Outcome
        /// The number of requests of the wait; at least as many if a deadline cuts it short.
        var requests: Int
    }

    package let name: String
    /// The fault, and what the server does after it.
    var answers: [LoopbackAnswer]
    /// The outcome, whatever the transport.
    private var usual: Expectation
    /// The outcomes over transports for which it is another one.
    private var columns: [TestedTransport.Name: Expectation] = [:]
    /// The transports whose process the fault would end.
    private var leftOut: Set<TestedTransport.Name> = []
    /// Whether the fault happens to each request, and not to the first alone.
    package private(set) var goesOn = false
    package private(set) var isCutShort = false
    /// The number of requests that the server doesn't see.
    var lost = 0
    /// Whether connections are refused until the first request has failed.
    var refuses = false
    var responseLimit = 1 << 20
    package var policy = PollingPolicy(
        deadline: .seconds(60),
        requestTimeout: .seconds(30),
        minimumGap: .milliseconds(10),
        maximumGap: .milliseconds(20)
    )

    /// A fault that happens once. The next response says that the job is done.
    init(
        _ name: String,
        _ answers: LoopbackAnswer...,
        fetch: Outcome,
        wait: Outcome,
        requests: Int
    ) {
        self.name = name
        self.answers = answers + [.done]
        usual = Expectation(fetch: fetch, wait: wait, requests: requests)
    }

    /// The outcome over a transport.
    func expectation(over transport: TestedTransport.Name) -> Expectation { columns[transport] ?? usual }

    /// Whether the row runs over a transport.
    func runs(over transport: TestedTransport.Name) -> Bool { !leftOut.contains(transport) }
}

extension FaultCase {
    /// The same fault, with another outcome over some transports.
    ///
    /// - Parameters:
    ///   - fetch: The end of `fetch`. The wait ends with the same if it isn't retryable, and otherwise with the job, at the second request.
    ///   - wait: The end of the wait, if it is another one.
    ///   - requests: The number of requests of the wait, if it is another one.
    func over(
        _ transports: TestedTransport.Name...,
        fetch: Outcome,
        wait: Outcome? = nil,
        requests: Int? = nil
    ) -> Self {
        let isFinal = if case .never = fetch { true } else { fetch == .done }
        var row = self
        for transport in transports {
            row.columns[transport] = Expectation(
                fetch: fetch,
                wait: wait ?? (isFinal ? fetch : .done),
                requests: requests ?? (isFinal ? 1 : 2)
            )
        }
        return row
    }

    /// The same fault, but for transports whose process it would end, or that have no one outcome.
    func leavingOut(_ transports: TestedTransport.Name...) -> Self {
        var row = self
        row.leftOut.formUnion(transports)
        return row
    }

    /// The same fault, for each request, until the wait gives up: after four requests, with the last one's error.
    func forEver() -> Self {
        var row = repeated("for ever") { expectation in
            let isFinal = if case .never = expectation.fetch { true } else { false }
            return Expectation(fetch: expectation.fetch, wait: expectation.fetch, requests: isFinal ? 1 : 4)
        }
        row.policy.toleratedErrors = 3
        return row
    }

    /// The same fault, for each request, and a deadline that is over soon. How many requests fit in front of it depends on
    /// what else the machine has to do.
    func untilDeadline() -> Self {
        var row = repeated("until a deadline") { expectation in
            Expectation(fetch: expectation.fetch, wait: .again(.deadlineExceeded), requests: 1)
        }
        row.policy.toleratedErrors = .max
        row.policy.deadline = .milliseconds(800)
        row.isCutShort = true
        return row
    }

    private func repeated(_ words: String, _ change: (Expectation) -> Expectation) -> Self {
        var row = Self("\(name), \(words)", fetch: .pending, wait: .pending, requests: 1)
        row.usual = change(usual)
        row.columns = columns.mapValues(change)
        row.leftOut = leftOut
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

    /// The same fault, with a limit of so many bytes for a response.
    func limited(to bytes: Int) -> Self {
        var row = self
        row.responseLimit = bytes
        return row
    }
}

extension LoopbackAnswer {
    /// The job is done.
    static var done: Self { .json(#"{"status":"done","link":"https://example.com/a.mp4"}"#) }

    /// Bytes whose lines end as in HTTP.
    static func lines(_ lines: String..., body: String = "") -> Self {
        .text((lines + ["", ""]).joined(separator: "\r\n") + body)
    }
}
