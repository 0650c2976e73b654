import FetchCore
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow

extension ExposureScenario {
    /// Collects the values of each plugin, from responses that contain the key.
    func collectPlugins() async throws {
        try await collectJobs(of: .modelsLabVideo, numbers: [1, 2, 3, 4, 5, 6])
        try await collectJobs(of: .modelsLabDeepfake, numbers: [1, 2, 3, 4, 5, 6])
        try await collectJobs(of: .modelsLabFaceSwap, numbers: [1, 2, 3, 4, 5, 6])
        try await collectJobs(of: .modelsLabFaceGen, numbers: ["1", "2", "3", "4", "5", "6"])
        try await collectJobs(of: .modelsLabFineTune, numbers: ["1", "2", "3", "4", "5", "6"])
        try await collectJobs(
            of:
                .modelsLabWorkflow,
            numbers: (1...6).map { WorkflowRun(workflow: "upscale", run: $0) }
        )
        try await collectJobs(
            of:
                ModelsLabFamily<Int64>(
                    "modelslab.interior",
                    api: .v5,
                    path: "interior/fetch/{id}",
                    authorization: authorization
                ),
            numbers: [1, 2, 3, 4, 5, 6]
        )
        collector.add(ModelsLabAPI.v6)
        try await collectJobs(of: ReplyCollectingEndpoint(collector: collector), numbers: [1, 2, 3])
    }

    private func collectJobs<Endpoint: FetchEndpoint>(of endpoint: Endpoint, numbers: [Endpoint.ID]) async throws {
        let client = client(try EndpointRegistry(endpoint))
        for number in numbers {
            try await collect { try await client.fetch(endpoint, id: number) }
            try await collect { try await client.fetch(JobReference(endpoint: endpoint.name, id: number.description)) }
            collector.add(number)
        }
        collector.add(endpoint, client)
        if case .succeeded(let output) = try await client.fetch(endpoint, id: numbers[1]) { add(partsOf: output) }
    }

    private func add(partsOf output: Any) {
        switch output {
        case let swap as Generation<FaceSwapMeta>:
            if let source = swap.source { collector.add(source) }
            if let meta = swap.meta { collector.add(meta) }
        case let run as WorkflowOutput:
            for step in run.steps { collector.add(step) }
        default: break
        }
    }
}

/// A ModelsLab endpoint that collects the replies it decodes.
private struct ReplyCollectingEndpoint: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.reader"
    let path: PathTemplate = "reader/fetch/{id}"
    let collector: ValueCollector

    static func == (one: Self, other: Self) -> Bool { one.collector === other.collector }
    func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(collector)) }

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<Generation<[String: JSONValue]>> {
        let reply = try ModelsLabReply(response)
        collector.add(reply)
        return try reply.answer()
    }
}
