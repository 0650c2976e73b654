import FetchCore
import FetchTesting
import Foundation

extension Encounter {
    /// The test kit, which sees requests as they are.
    func visitKit() async throws {
        let echo = try await EchoingProvider(knowing: key).send(
            FetchRequest(method: .get, url: endpoint.baseURL.appending(path: "talk/1"))
        )
        let step = ScriptedTransport.Step.response(echo)
        let script = ScriptedTransport([step, .failure(NSError(domain: key, code: 1))], clock: clock)
        let scripted = client(try EndpointRegistry(endpoint), transport: script)
        for _ in 0..<2 { try await ask { try await scripted.fetch(endpoint, id: 1) } }
        collection.add(script, step, scripted, clock, clock.now)
        for request in script.requests { collection.add(request) }

        let job = SimulatedModelsLab.Job(family: "talk", id: "1", duration: .seconds(1), outputField: .output)
        let simulation = SimulatedModelsLab(keys: ["modelslab": key], jobs: [job], clock: clock)
        let simulated = client(try EndpointRegistry(endpoint), transport: simulation)
        try await ask { try await simulated.fetch(endpoint, id: 1) }
        collection.add(simulation, simulated, job, job.ending, SimulatedModelsLab.Job.OutputField.output)
        collection.add(SimulatedModelsLab.Dialect.documents)
        try await visitConformance()
        try await visitTransportConformance()
    }

    /// The suite for transports, with one that sends nothing and has the key as its response.
    private func visitTransportConformance() async throws {
        let script = ScriptedTransport([.json(key)])
        var suite = TransportConformance { script }
        for rule in TransportRule.allCases where rule != .method {
            suite = suite.except(rule, because: "One is enough.")
        }
        collection.add(suite)
        for violation in try await suite.violations() { collection.add(violation, violation.rule) }
        do { try await suite.check() } catch { collection.add(error) }
    }

    /// The suite, with an endpoint that brings its key along and answers that show one.
    private func visitConformance() async throws {
        let careless = CarelessEndpoint(headers: ["X-Api-Key": key])
        let fixtures: [EndpointFixture] = [.pending(#"{"status":"processing"}"#), .succeeded(#"{"status":"success"}"#)]
        let suite = EndpointConformance(careless, ids: [1, 2], fixtures: fixtures)
        collection.add(suite)
        for fixture in fixtures { collection.add(fixture) }
        for violation in try await suite.violations() { collection.add(violation, violation.rule) }
        do { try await suite.check() } catch { collection.add(error) }
    }
}

/// An endpoint with a key in its fixed headers.
private struct CarelessEndpoint: FetchEndpoint {
    let name: EndpointName = "example.careless"
    let provider: ProviderID = "example"
    let baseURL = URL(string: "https://api.example.com/v1")!
    let path: PathTemplate = "careless/{id}"
    let authorization = Authorization.bearer
    let headers: HeaderFields

    func answer(to id: Int, from response: FetchResponse) throws -> FetchAnswer<JSONValue> {
        let body: JSONValue = try response.json()
        return body["status"] == "success" ? .succeeded(body) : .pending
    }
}
