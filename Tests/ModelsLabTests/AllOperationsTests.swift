import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import Testing

@Suite struct `All operations of ModelsLab's documents` {
    private let clock = VirtualClock()

    @Test func `there are 32 of them, three of which are one`() {
        let documents = DocumentedOperation.openAPI.flatMap(\.documents)
        #expect(documents.count == 32)
        #expect(Set(documents).count == 32)
        #expect(DocumentedOperation.openAPI.count == 30)
        #expect(Set(DocumentedOperation.all.map(\.request)).count == DocumentedOperation.all.count)
        // Three have the id in the body, one is asked by GET, and one is about a training.
        #expect(DocumentedOperation.openAPI.filter { $0.simulatedFamily != nil }.count == 25)
    }

    @Test func `each is registered by one line, beside all others`() throws {
        let registry = try registry()
        #expect(registry.names.count == 36)
        #expect(registry.providers == [.modelsLab, .modelsLabEnterprise])
    }

    @Test(arguments: DocumentedOperation.all)
    func `its request is the documented one, by name and by type`(operation: DocumentedOperation) async throws {
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
    func `its ids are of the documented type`(operation: DocumentedOperation) throws {
        let registry = try registry()
        for id in operation.sampleIDs { try registry.validate(operation.job(id)) }
        switch operation.ids {
        case .integer:
            #expect(throws: FetchError.self) { try registry.validate(operation.job("abc123-def456")) }
        case .text:
            try registry.validate(operation.job("abc123-def456"))
        }
    }

    @Test(arguments: DocumentedOperation.all)
    func `its URL leads back to the job, where the id is in it`(operation: DocumentedOperation) throws {
        let registry = try registry()
        for id in operation.sampleIDs {
            let job = try registry.reference(for: operation.url(for: id))
            #expect(try job == (operation.hasIDInPath ? operation.job(id) : nil))
        }
    }

    @Test(
        arguments: DocumentedOperation.all.filter { $0.simulatedFamily != nil },
        SimulatedModelsLab.Dialect.allCases
    )
    func `its jobs are polled by name to the end, against the simulated service`(
        operation: DocumentedOperation,
        dialect: SimulatedModelsLab.Dialect
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
            dialect: dialect,
            clock: clock
        )
        let (client, registry) = (try client(service), try registry())
        let (output, urls) = try await clock.run { try await wait(for: operation.job(id), client) }
        #expect(output?.outputArtifacts.count == 1)
        #expect(service.requestCount(of: id, family: family) == service.requestCount)
        // A face's documents have no fetch_result.
        #expect(urls.isEmpty == (family == "face_gen" && dialect == .documents))
        for url in urls { #expect(try registry.reference(for: url) == operation.job(id)) }
    }

    @Test(arguments: DocumentedOperation.all)
    func `its jobs are polled by name to the end, whatever its URL`(operation: DocumentedOperation) async throws {
        let transport = ScriptedTransport(try answers(to: operation).map { .json($0.text) }, clock: clock)
        let client = try client(transport)
        let (output, _) = try await clock.run { try await wait(for: operation.job(operation.sampleIDs[0]), client) }
        #expect(output?.outputArtifacts.count == 1)
        #expect(transport.requests.count == 2)
    }

    @Test(arguments: DocumentedOperation.all)
    func `it keeps the rules of an endpoint, beside all others`(operation: DocumentedOperation) async throws {
        var others = EndpointRegistry()
        for other in DocumentedOperation.all where other.endpoint.name != operation.endpoint.name {
            try others.register(other.endpoint)
        }
        try await check(operation.endpoint, ids: operation.sampleIDs, answers: answers(to: operation), beside: others)
    }

    @Test func `a second name for one URL is polled as well, and the URL is the first one's`() async throws {
        let flux = ModelsLabFamily<String>("modelslab.enterprise.flux", api: .enterprise, path: "flux/fetch/{id}")
        let flux2 = ModelsLabFamily<String>(
            "modelslab.enterprise.flux-2-dev",
            api: .enterprise,
            path: "flux/fetch/{id}"
        )
        let registry = try EndpointRegistry(flux, flux2)
        let transport = ScriptedTransport([.json(try fixture("success-picture"))], clock: clock)
        let client = FetchClient(
            registry: registry,
            transport: transport,
            credentials: credentials,
            clock: clock,
            wallClock: clock.wallClock
        )
        for name in registry.names {
            let output = try await clock.run { try await client.result(JobReference(endpoint: name, id: "ab-1")) }
            #expect(output.outputArtifacts.count == 1)
        }
        #expect(Set(transport.requests.map(\.url)).count == 1)
        let url = try #require(transport.requests.first?.url)
        #expect(try registry.reference(for: url) == JobReference("modelslab.enterprise.flux:ab-1"))
        let conformance = EndpointConformance(flux2, ids: ["ab-1", "ab-2"], beside: try EndpointRegistry(flux))
        #expect(try await conformance.violations().allSatisfy { $0.rule == .neighbours })
        #expect(try await !conformance.violations().isEmpty)
    }
}

extension `All operations of ModelsLab's documents` {
    private struct Answer {
        var text: String
        var isEnd: Bool
    }

    /// An answer about a job that isn't ready, and one about a job that is done.
    private func answers(to operation: DocumentedOperation) throws -> [Answer] {
        guard operation.endpoint.name == "modelslab.finetune" else {
            return [
                Answer(text: try fixture("processing"), isEnd: false),
                Answer(text: try fixture("success-picture"), isEnd: true),
            ]
        }
        return [
            Answer(text: #"{"status":"success","messege":"deploying_gpu","data":"Some minutes."}"#, isEnd: false),
            Answer(text: #"{"status":"success","messege":"model_ready","data":"Loaded."}"#, isEnd: true),
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
            clock: clock,
            wallClock: clock.wallClock,
            random: { 0.5 }
        )
    }

    private func fetch<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        id: String,
        with client: FetchClient
    ) async throws {
        _ = try await client.fetch(endpoint, id: #require(Endpoint.ID(id)))
    }

    /// The output, and the URLs that the service gave for asking.
    private func wait(for job: JobReference, _ client: FetchClient) async throws -> ((any FetchOutput)?, [URL]) {
        var output: (any FetchOutput)?
        var urls: [URL] = []
        for try await update in client.updates(job) {
            switch update.state {
            case .pending(let progress):
                urls += [progress.details["fetch_result"]?.string.flatMap(URL.init(string:))].compactMap(\.self)
            case .succeeded(let end): output = end
            case .failed(let failure): Issue.record("\(job) failed: \(failure)")
            }
        }
        return (output, urls)
    }

    private func check<Endpoint: FetchEndpoint>(
        _ endpoint: Endpoint,
        ids: [String],
        answers: [Answer],
        beside others: EndpointRegistry
    ) async throws {
        try await EndpointConformance(
            endpoint,
            ids: ids.map { try #require(Endpoint.ID($0)) },
            fixtures: answers.map { $0.isEnd ? .succeeded($0.text) : .pending($0.text) },
            beside: others
        ).check()
    }
}
