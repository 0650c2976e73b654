import FetchCore

extension ConformanceRun {
    func fixtureViolations() async throws -> [ConformanceViolation] {
        guard let id = ids.first else { return [] }
        var violations: [ConformanceViolation] = []
        var lacking: [ConformanceViolation] = []
        for fixture in fixtures {
            let observation = try await poll(id, fixture.responses, probing: "the \(fixture.meaning) fixture")
            guard !fixture.meaning.matches(observation.result) else {
                lacking += artifactViolations(of: fixture, observation.result)
                continue
            }
            violations.append(
                ConformanceViolation(
                    .fixtures,
                    "\(fixture.excerpt) was declared as \(fixture.meaning) but decoded as \(observation.result.summary())."
                )
            )
        }
        // Polling over fixtures that are decoded wrongly would only report the same problem again.
        guard violations.isEmpty else { return violations + lacking }
        return lacking + (try await pollingViolations(id)) + (try await unknownStatusViolations(id))
    }

    private func artifactViolations(
        of fixture: EndpointFixture,
        _ result: Result<FetchState<Endpoint.Output>, FetchError>
    ) -> [ConformanceViolation] {
        guard case .success(.succeeded(let output)) = result else { return [] }
        let artifacts = output.outputArtifacts
        var violations: [ConformanceViolation] = []
        if artifacts.isEmpty {
            violations.append(
                ConformanceViolation(
                    .artifacts,
                    "\(fixture.excerpt) is decoded as succeeded, but its output has no artifacts. Compare the names in "
                        + "the response with those in the decoder, and throw response.malformedResponseError(…) if a "
                        + "finished job has no output. If the jobs of this endpoint have none, pass except: "
                        + "[.artifacts]."
                )
            )
        }
        if let problem = artifacts.lazy.compactMap(\.problem).first {
            violations.append(
                ConformanceViolation(
                    .usableLinks,
                    "\(fixture.excerpt) has an artifact that can't be used: \(problem). If it is relative, create it "
                        + "with Artifact(link: text, in: response)."
                )
            )
        }
        if endpoint.artifactLifetime != nil, artifacts.contains(where: { $0.url != nil && $0.expiryDate == nil }) {
            violations.append(
                ConformanceViolation(
                    .linkExpiry,
                    "\(fixture.excerpt) has a link without an expiry date, although the endpoint states "
                        + "artifactLifetime. Return artifacts, or implement outputCompleted(by:) in the output's type."
                )
            )
        }
        return violations
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
