import FetchCore
import FetchTesting
import Foundation

/// Whole waits in virtual time, with absurd hints in each answer.
struct WaitTarget: FuzzTarget {
    struct Input: Sendable {
        var exchange: EndpointInput
        var policy: PollingPolicy
        var submission: Submission?
    }

    let name = "wait"
    let endpoints: [ShippedEndpoint]

    func input(_ dice: inout Dice) -> Input {
        let endpoint = dice.pick(endpoints)
        var exchange = endpoint.input(&dice)
        exchange.id = endpoint.id.usual
        for _ in 0..<dice.below(5) { exchange.answers += endpoint.maker.answers(exchange.canary, &dice).answers }
        exchange.facts = AnswerFacts()
        exchange.answers = exchange.answers.map(Self.short)
        let policy = PollingPolicy(
            deadline: .seconds(dice.pick([1, 5, 20, 60])),
            minimumGap: .milliseconds(dice.pick([500, 1_000, 1_000, 5_000])),
            maximumGap: .seconds(dice.pick([0, 2, 10, 60])),
            toleratedErrors: dice.below(6),
            notFoundGrace: .seconds(dice.pick([0, 30]))
        )
        let eta = Duration(clampingSeconds: Double(bitPattern: dice.next()))
        let submission = Submission(
            at: Date(timeIntervalSince1970: 1_700_000_000 + Double(dice.below(2_000) - 1_000)),
            eta: dice.oneIn(2) ? eta : .seconds(dice.below(40))
        )
        return Input(exchange: exchange, policy: policy, submission: dice.oneIn(2) ? submission : nil)
    }

    /// A wait asks dozens of times. Large answers are the other targets' matter.
    private static func short(_ answer: FuzzedAnswer) -> FuzzedAnswer {
        guard case .response(var response) = answer else { return answer }
        response.body = response.body.prefix(8_000)
        return .response(response)
    }

    func shown(_ input: Input) -> String {
        "\(input.exchange.shown)\n\(input.policy)\n\(input.submission.map { "\($0)" } ?? "no submission")"
    }

    func outcome(of input: Input) async throws -> String {
        let clock = VirtualClock()
        let transport = ScriptedAnswers(input.exchange.answers) { clock.elapsed }
        let check = FetchCheck(input: input.exchange)
        let outcome = try await clock.run {
            try await wait(input, FetchClient(transport, input, clock), check)
        }
        try checkGaps(input, transport)
        try Violation.unless(
            clock.elapsed <= max(input.policy.deadline, .milliseconds(1)),
            "a wait of \(input.policy.deadline) ended after \(clock.elapsed)"
        )
        return outcome
    }

    private func wait(_ input: Input, _ client: FetchClient, _ check: FetchCheck) async throws -> String {
        do {
            var last: FetchState<any FetchOutput>?
            let job = try JobReference(endpoint: input.exchange.endpoint.name, id: input.exchange.id)
            for try await update in client.updates(job, submitted: input.submission) {
                try Violation.unless(last == nil, "an update follows the end")
                try HonestClaims.check(update.nextRequest, "the time to the next request")
                if input.exchange.isSearched { try check.search(update, output: update.state.output) }
                if case .pending(let progress) = update.state { try HonestClaims.check(progress) }
                if update.state.isTerminal { last = update.state }
            }
            guard let last else { throw Violation("a wait ended without an end") }
            return last.output == nil ? "job failed" : "succeeded"
        } catch let error as FetchError {
            try HonestClaims.check(error)
            if input.exchange.isSearched { try check.search(error, output: nil) }
            return error.code.description
        } catch let violation as Violation {
            throw violation
        } catch {
            throw Violation("a wait threw \(type(of: error)): \(error)")
        }
    }

    /// No two requests of a wait are nearer than the floor or further apart than the ceiling, but for the last ones before
    /// the deadline and for follow-ups, which are made at once.
    private func checkGaps(_ input: Input, _ transport: ScriptedAnswers) throws {
        let floor = max(input.policy.minimumGap, input.exchange.endpoint.minimumGap, .milliseconds(10))
        let ceiling = max(floor, input.policy.maximumGap)
        let times = transport.requests.map(\.at)
        for (one, next) in zip(times, times.dropFirst()) where next > one {
            let gap = next - one
            let isLast = next >= min(input.policy.deadline - .milliseconds(500), input.policy.deadline * 3 / 4)
            try Violation.unless(gap >= floor || isLast, "a gap of \(gap), below \(floor)")
            try Violation.unless(gap <= ceiling + .nanoseconds(1), "a gap of \(gap), above \(ceiling)")
        }
    }
}

extension FetchClient {
    fileprivate init(_ transport: ScriptedAnswers, _ input: WaitTarget.Input, _ clock: VirtualClock) throws {
        self.init(
            registry: try EndpointRegistry(FetchCheck.Plugin(endpoints: [input.exchange.endpoint])),
            transport: transport,
            credentials: .fixed([input.exchange.endpoint.provider: APIKey(input.exchange.canary.key)]),
            policy: input.policy,
            clock: clock,
            wallClock: clock.wallClock,
            random: { 0.5 }
        )
    }
}
