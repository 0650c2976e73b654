import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Documented ModelsLab operations") struct AllOperationsTests {
    private let clock = VirtualClock()

    @Test func `the openapi files describe 32 operations, three of which are the same`() {
        let documents = DocumentedOperation.openAPI.flatMap(\.documents)
        #expect(documents.count == 32)
        #expect(Set(documents).count == 32)
        #expect(DocumentedOperation.openAPI.count == 30)
        #expect(Set(DocumentedOperation.all.map(\.request)).count == DocumentedOperation.all.count)
        // Not simulated: three with the id in the body, one GET request, and model training.
        #expect(DocumentedOperation.openAPI.filter { $0.simulatedFamily != nil }.count == 25)
    }

    @Test func `all operations can be registered together`() throws {
        let registry = try registry()
        #expect(registry.names.count == 36)
        #expect(registry.providers == [.modelsLab, .modelsLabEnterprise])
    }

    @Test(arguments: DocumentedOperation.all)
    func `a request by type and by name is the documented one`(operation: DocumentedOperation) async throws {
        for id in operation.sampleIDs {
            let transport = ScriptedTransport([.json(#"{"status":"processing"}"#)], clock: clock)
            let client = try client(transport)
            try await clock.run {
                _ = try await client.fetch(operation.job(id))
                try await fetch(operation.endpoint, id: id, with: client)
            }
            #expect(transport.requests.count == 2)
            for request in transport.requests {
                let key = operation.isEnterprise ? "enterprise-key" : "test-key"
                #expect("\(request.method) \(request.url.absoluteString)" == operation.request(for: id))
                #expect(
                    request.body.map { String(decoding: $0, as: UTF8.self) }
                        == operation.body?.replacing("KEY", with: key).replacing("ID", with: id)
                )
                #expect(request.headers["Content-Type"] == (operation.body == nil ? nil : "application/json"))
                #expect(request.headers.fields.allSatisfy { !$0.value.contains(key) })
            }
        }
    }

    @Test(arguments: DocumentedOperation.all)
    func `ids have the documented type`(operation: DocumentedOperation) throws {
        let registry = try registry()
        for id in operation.sampleIDs { try registry.validate(operation.job(id)) }
        switch operation.ids {
        case .integer:
            #expect(throws: FetchError.self) { try registry.validate(operation.job("abc123-def456")) }
        case .string:
            try registry.validate(operation.job("abc123-def456"))
        }
    }

    @Test(arguments: DocumentedOperation.all)
    func `the registry resolves the URL to the job if it contains the id`(operation: DocumentedOperation) throws {
        let registry = try registry()
        for id in operation.sampleIDs {
            let job = try registry.reference(for: operation.url(for: id))
            #expect(try job == (operation.hasIDInPath ? operation.job(id) : nil))
        }
    }

    @Test(
        arguments: DocumentedOperation.all.filter { $0.simulatedFamily != nil },
        SimulatedModelsLab.ResponseStyle.allCases
    )
    func `a job of the simulated service is polled by name until it ends`(
        operation: DocumentedOperation,
        style: SimulatedModelsLab.ResponseStyle
    ) async throws {
        let family = try #require(operation.simulatedFamily)
        let id = operation.sampleIDs[0]
        let service = SimulatedModelsLab(
            keys: [.modelsLab: "test-key", .modelsLabEnterprise: "enterprise-key"],
            jobs: [
                .init(
                    family: family,
                    id: id,
                    duration: .seconds(90),
                    eta: .seconds(40),
                    notFoundFor: .seconds(3),
                    rateLimitedRequests: 1,
                    isEnterprise: operation.isEnterprise
                )
            ],
            style: style,
            clock: clock
        )
        let (client, registry) = (try client(service), try registry())
        let (output, urls) = try await clock.run { try await poll(operation.job(id), with: client) }
        #expect(output?.outputArtifacts.count == 1)
        #expect(service.requestCount(of: id, family: family) == service.requestCount)
        // The documentation of face generation has no fetch_result.
        #expect(urls.isEmpty == (family == "face_gen" && style == .documented))
        for url in urls { #expect(try registry.reference(for: url) == operation.job(id)) }
    }

    @Test(arguments: DocumentedOperation.all)
    func `a job at any URL is polled by name until it ends`(operation: DocumentedOperation) async throws {
        let transport = ScriptedTransport(try sampleResponses(for: operation).map { .json($0.body) }, clock: clock)
        let client = try client(transport)
        let (output, _) = try await clock.run { try await poll(operation.job(operation.sampleIDs[0]), with: client) }
        #expect(output?.outputArtifacts.count == 1)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: DocumentedOperation.all)
    func `the endpoint conforms beside all others`(operation: DocumentedOperation) async throws {
        var others = EndpointRegistry()
        for other in DocumentedOperation.all where other.endpoint.name != operation.endpoint.name {
            try others.register(other.endpoint)
        }
        try await check(
            operation.endpoint,
            ids: operation.sampleIDs,
            responses: sampleResponses(for: operation),
            registeredWith: others
        )
    }

    @Test func `two endpoints with one URL can be polled, and the URL resolves to the first one`() async throws {
        let flux = ModelsLabFamily<String>("modelslab.enterprise.flux", api: .enterprise, path: "flux/fetch/{id}")
        let flux2 = ModelsLabFamily<String>(
            "modelslab.enterprise.flux-2-dev",
            api: .enterprise,
            path: "flux/fetch/{id}"
        )
        let registry = try EndpointRegistry(flux, flux2)
        let transport = ScriptedTransport([.json(try fixture("success-picture", in: .module))], clock: clock)
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: credentials,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        for name in registry.names {
            let output = try await clock.run { try await client.result(JobReference(endpoint: name, id: "ab-1")) }
            #expect(output.outputArtifacts.count == 1)
        }
        #expect(Set(transport.requests.map(\.url)).count == 1)
        let url = try #require(transport.requests.first?.url)
        #expect(try registry.reference(for: url) == JobReference("modelslab.enterprise.flux:ab-1"))
        let conformance = EndpointConformance(flux2, ids: ["ab-1", "ab-2"], registeredWith: try EndpointRegistry(flux))
        #expect(try await conformance.violations().allSatisfy { $0.rule == .noConflicts })
        #expect(try await !conformance.violations().isEmpty)
    }
}

extension AllOperationsTests {
    private struct SampleResponse {
        var body: String
        var isTerminal: Bool
    }

    /// Returns the response for a pending job and the response for a succeeded job.
    private func sampleResponses(for operation: DocumentedOperation) throws -> [SampleResponse] {
        guard operation.endpoint.name == "modelslab.finetune" else {
            return [
                SampleResponse(body: try fixture("processing", in: .module), isTerminal: false),
                SampleResponse(body: try fixture("success-picture", in: .module), isTerminal: true),
            ]
        }
        return [
            SampleResponse(
                body: #"{"status":"success","messege":"deploying_gpu","data":"Some minutes."}"#,
                isTerminal: false
            ),
            SampleResponse(body: #"{"status":"success","messege":"model_ready","data":"Loaded."}"#, isTerminal: true),
        ]
    }

    private func registry() throws -> EndpointRegistry {
        var registry = EndpointRegistry()
        for operation in DocumentedOperation.all { try registry.register(operation.endpoint) }
        return registry
    }

    private func client(_ transport: some FetchTransport) throws -> FetchClient {
        FetchClient(
            registry: try registry(),
            transport: transport,
            credentials: credentials,
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
    }

    private func fetch<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: String,
        with client: FetchClient
    ) async throws {
        _ = try await client.fetch(endpoint, id: #require(Endpoint.ID(id)))
    }

    /// Returns the output and the polling URLs in the responses.
    private func poll(_ job: JobReference, with client: FetchClient) async throws -> ((any FetchOutput)?, [URL]) {
        var output: (any FetchOutput)?
        var urls: [URL] = []
        for try await update in client.updates(job) {
            switch update.state {
            case .pending(let progress):
                urls += [progress.details["fetch_result"]?.string.flatMap(URL.init(string:))].compactMap(\.self)
            case .succeeded(let result): output = result
            case .failed(let failure): Issue.record("\(job) failed: \(failure)")
            }
        }
        return (output, urls)
    }

    private func check<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        ids: [String],
        responses: [SampleResponse],
        registeredWith others: EndpointRegistry
    ) async throws {
        try await EndpointConformance(
            endpoint,
            ids: ids.map { try #require(Endpoint.ID($0)) },
            fixtures: responses.map { $0.isTerminal ? .succeeded($0.body) : .pending($0.body) },
            registeredWith: others
        ).check()
    }
}
