import FetchCore

extension ConformanceRun {
    func fixtureViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var violations: [ConformanceViolation] = []
        for fixture in fixtures {
            let observation = try await poll(id, fixture.responses, probing: "the \(fixture.meaning) fixture")
            guard !fixture.meaning.matches(observation.result) else { continue }
            violations.append(
                ConformanceViolation(
                    .fixtures,
                    "\(fixture.excerpt) was declared as \(fixture.meaning) but decoded as \(observation.result.summary())."
                )
            )
        }
        // Polling over fixtures that are decoded wrongly would only report the same problem again.
        guard violations.isEmpty else { return violations }
        return try await pollingViolations(id) + (try await unknownStatusViolations(id))
    }

    /// Polls a job from the pending fixtures to each terminal fixture.
    private func pollingViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
        let pending = fixtures.filter { $0.meaning == .pending }.flatMap(\.responses)
        var violations: [ConformanceViolation] = []
        for fixture in fixtures where fixture.meaning != .pending {
            let steps = (pending + fixture.responses).map(ScriptedTransport.Step.response)
            let transport = ScriptedTransport(steps, clock: clock)
            let job = try? JobReference(endpoint: endpoint.name, id: id.description)
            var last: Result<FetchState<any FetchOutput>, FetchError>?
            do throws {
                guard let job else { continue }
                for try await update in client(transport).updates(job) { last = .success(update.state) }
            } catch let error as FetchError {
                last = .failure(error)
            }
            if let last, fixture.meaning.matches(last), transport.requests.count >= steps.count { continue }
            violations.append(
                ConformanceViolation(
                    .reachesEnd,
                    "Polling over the pending fixtures to \(fixture.excerpt) took \(transport.requests.count) requests "
                        + "instead of \(steps.count) and ended with \(last?.summary() ?? "no state")."
                )
            )
        }
        return violations
    }
}

extension EndpointFixture {
    /// The status and the beginning of the body, for messages.
    var excerpt: String { "\(response.status) \(Excerpt(bytes: response.body))" }
}

extension EndpointFixture.Meaning {
    func matches<Output>(_ result: Result<FetchState<Output>, FetchError>) -> Bool {
        switch (self, result) {
        case (.pending, .success(.pending)), (.succeeded, .success(.succeeded)), (.failed, .success(.failed)): true
        default: false
        }
    }
}
