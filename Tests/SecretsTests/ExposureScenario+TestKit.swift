import FetchCore
import FetchTesting
import Foundation
import TestSupport

extension ExposureScenario {
    /// Collects the values of the test kit, which receives the requests with the key.
    func collectTestKit() async throws {
        let echo = try await EchoingProvider(key: key).send(
            FetchRequest(method: .get, url: endpoint.baseURL.appending(path: "jobs/1"))
        )
        let step = ScriptedTransport.Step.response(echo)
        let script = ScriptedTransport([step, .failure(NSError(domain: key, code: 1))], clock: clock)
        let scripted = client(try EndpointRegistry(endpoint), transport: script)
        for _ in 0..<2 { try await collect { try await scripted.fetch(endpoint, id: 1) } }
        collector.add(script, step, scripted, clock, clock.now)
        for request in script.requests { collector.add(request) }

        let job = SimulatedModelsLab.Job(family: "jobs", id: "1", duration: .seconds(1), outputField: .output)
        let simulation = SimulatedModelsLab(keys: ["modelslab": key], jobs: [job], clock: clock)
        let simulated = client(try EndpointRegistry(endpoint), transport: simulation)
        try await collect { try await simulated.fetch(endpoint, id: 1) }
        collector.add(simulation, simulated, job, job.ending, SimulatedModelsLab.Job.OutputField.output)
        collector.add(SimulatedModelsLab.ResponseStyle.documented)
        try await collectEndpointConformance()
        try await collectTransportConformance()
        let body = StreamedResponse.Body(Data(key.utf8))
        collector.add(StreamedResponse(status: 200, headers: ["X-Api-Key": key], body: body), body)
        collector.add(body.makeAsyncIterator(), AddressPolicy.publicOnly)
    }

    /// Runs the transport conformance suite with a transport that sends nothing and has the key as its response.
    private func collectTransportConformance() async throws {
        let script = ScriptedTransport([.json(key)])
        var suite = TransportConformance { script }
        for rule in TransportRule.allCases where rule != .method {
            suite = suite.except(rule, because: "One rule is enough for this test.")
        }
        collector.add(suite)
        for violation in try await suite.violations() { collector.add(violation, violation.rule) }
        do { try await suite.check() } catch { collector.add(error) }
    }

    /// Runs the endpoint conformance suite with an endpoint that has the key in a fixed header.
    private func collectEndpointConformance() async throws {
        let endpoint = ConfigurableEndpoint<Int>(
            headers: ["X-Api-Key": key],
            read: { response in
                let body: JSONValue = try response.json()
                return body["status"] == "success" ? .succeeded(body) : .pending
            }
        )
        let fixtures: [EndpointFixture] = [.pending(#"{"status":"processing"}"#), .succeeded(#"{"status":"success"}"#)]
        let submissions: [SubmissionFixture] = [.queued(FetchResponse(json: #"{"id":1}"#), id: "1")]
        let suite = EndpointConformance(endpoint, ids: [1, 2], fixtures: fixtures, submissions: submissions)
        collector.add(suite, submissions[0])
        for fixture in fixtures { collector.add(fixture) }
        for violation in try await suite.violations() { collector.add(violation, violation.rule) }
        do { try await suite.check() } catch { collector.add(error) }
    }
}
