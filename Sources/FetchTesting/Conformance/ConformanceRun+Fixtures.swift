import FetchCore

extension ConformanceRun {
    func fixtureViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var violations: [ConformanceViolation] = []
        for fixture in fixtures {
            let observation = try await ask(id, fixture.responses, probing: "the \(fixture.meaning) fixture")
            guard !fixture.meaning.fits(observation.result) else { continue }
            violations.append(
                ConformanceViolation(
                    .fixtures,
                    "\(fixture.shown) was given as \(fixture.meaning) and is read as \(observation.result.inWords())."
                )
            )
        }
        // A wait over fixtures that are misread would only say the same again.
        guard violations.isEmpty else { return violations }
        return try await waitViolations(id) + (try await unknownStatusViolations(id))
    }

    /// Waits from the first pending answer to each of the ends.
    private func waitViolations(_ id: Endpoint.ID) async throws -> [ConformanceViolation] {
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
            if let last, fixture.meaning.fits(last), transport.requests.count >= steps.count { continue }
            violations.append(
                ConformanceViolation(
                    .reachesEnd,
                    "A wait over the pending fixtures to \(fixture.shown) took \(transport.requests.count) requests in "
                        + "place of \(steps.count) and ended with \(last?.inWords() ?? "nothing")."
                )
            )
        }
        return violations
    }
}

extension EndpointFixture {
    /// The beginning of the answer.
    var shown: String { "\(response.status) \(Excerpt(bytes: response.body))" }
}

extension EndpointFixture.Meaning {
    func fits<Output>(_ result: Result<FetchState<Output>, FetchError>) -> Bool {
        switch (self, result) {
        case (.pending, .success(.pending)), (.succeeded, .success(.succeeded)), (.failed, .success(.failed)): true
        default: false
        }
    }
}
