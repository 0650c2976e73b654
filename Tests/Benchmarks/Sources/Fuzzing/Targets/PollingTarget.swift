import FetchCore
import FetchTesting
import Foundation

/// The polling of a job until its end, in virtual time and with extreme hints in the responses.
struct PollingTarget: FuzzTarget {
    struct Input: Sendable {
        var exchange: EndpointInput
        var policy: PollingPolicy
        var submission: Submission?
    }

    let name = "wait"
    let endpoints: [ShippedEndpoint]

    func input(_ random: inout SeededRandom) -> Input {
        let endpoint = random.pick(endpoints)
        var exchange = endpoint.input(&random)
        exchange.id = endpoint.id.valid
        for _ in 0..<random.below(5) {
            exchange.responses += endpoint.mutator.responses(exchange.canary, &random).responses
        }
        exchange.facts = ResponseFacts()
        exchange.responses = exchange.responses.map(Self.short)
        let policy = PollingPolicy(
            deadline: .seconds(random.pick([1, 5, 20, 60])),
            minimumGap: .milliseconds(random.pick([500, 1_000, 1_000, 5_000])),
            maximumGap: .seconds(random.pick([0, 2, 10, 60])),
            toleratedErrors: random.below(6),
            notFoundGrace: .seconds(random.pick([0, 30]))
        )
        let eta = JobProgress(etaSeconds: Double(bitPattern: random.next())).eta
        let submission = Submission(
            at: Date(timeIntervalSince1970: 1_700_000_000 + Double(random.below(2_000) - 1_000)),
            eta: random.oneIn(2) ? eta : .seconds(random.below(40))
        )
        return Input(exchange: exchange, policy: policy, submission: random.oneIn(2) ? submission : nil)
    }

    /// Truncates a response, since it is read dozens of times. Other targets use large responses.
    private static func short(_ response: FuzzedResponse) -> FuzzedResponse {
        guard case .response(var response) = response else { return response }
        response.body = response.body.prefix(8_000)
        return .response(response)
    }

    func description(of input: Input) -> String {
        "\(input.exchange.description)\n\(input.policy)\n\(input.submission.map { "\($0)" } ?? "no submission")"
    }

    func outcome(of input: Input) async throws -> String {
        let clock = VirtualClock()
        let transport = ScriptedResponses(input.exchange.responses) { clock.elapsed }
        let check = FetchCheck(input: input.exchange)
        let outcome = try await clock.run {
            try await poll(input, FetchClient(transport, input, clock), check)
        }
        try checkGaps(input, transport)
        try Violation.unless(
            clock.elapsed <= max(Self.deadline(of: input), .milliseconds(1)),
            "polling with a deadline of \(Self.deadline(of: input)) ended after \(clock.elapsed)"
        )
        return outcome
    }

    private static func deadline(of input: Input) -> Duration { input.policy.deadline ?? .seconds(600) }

    private func poll(_ input: Input, _ client: FetchClient, _ check: FetchCheck) async throws -> String {
        do {
            var last: FetchState<any FetchOutput>?
            let job = try JobReference(endpoint: input.exchange.endpoint.name, id: input.exchange.id)
            for try await update in client.updates(job, submitted: input.submission) {
                try Violation.unless(last == nil, "an update follows the terminal state")
                try Invariants.check(update.nextRequest, "the time to the next request")
                if input.exchange.isSearched { try check.search(update, output: update.state.output) }
                if case .pending(let progress) = update.state { try Invariants.check(progress) }
                if update.state.isTerminal { last = update.state }
            }
            guard let last else { throw Violation("polling ended without a terminal state") }
            return last.output == nil ? "job failed" : "succeeded"
        } catch let error as FetchError {
            try Invariants.check(error)
            if input.exchange.isSearched { try check.search(error, output: nil) }
            return error.code.description
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("polling threw \(type(of: error)): \(error)")
        }
    }

    /// Checks that the gaps between requests are between floor and ceiling, except for follow-ups, which are sent at
    /// once, and for the last requests before the deadline.
    private func checkGaps(_ input: Input, _ transport: ScriptedResponses) throws {
        let floor = max(input.policy.minimumGap, input.exchange.endpoint.minimumGap, .milliseconds(10))
        let ceiling = max(floor, input.policy.maximumGap ?? .seconds(60))
        let deadline = Self.deadline(of: input)
        let times = transport.requests.map(\.at)
        for (one, next) in zip(times, times.dropFirst()) where next > one {
            let gap = next - one
            let isLast = next >= min(deadline - .milliseconds(500), deadline * 3 / 4)
            try Violation.unless(gap >= floor || isLast, "a gap of \(gap), below \(floor)")
            try Violation.unless(gap <= ceiling + .nanoseconds(1), "a gap of \(gap), above \(ceiling)")
        }
    }
}

extension FetchClient {
    fileprivate init(_ transport: ScriptedResponses, _ input: PollingTarget.Input, _ clock: VirtualClock) throws {
        self.init(
            registry: try EndpointRegistry(FetchCheck.Plugin(endpoints: [input.exchange.endpoint])),
            transport: transport,
            credentials: .fixed([input.exchange.endpoint.provider: APIKey(input.exchange.canary.key)]),
            configuration: FetchClient.Configuration(policy: input.policy),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }
}
