import FetchCore
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow

extension Encounter {
    /// Each plugin, and what it makes of answers with the key in them.
    func visitPlugins() async throws {
        try await visit(.modelsLabVideo, numbers: [1, 2, 3, 4, 5, 6])
        try await visit(.modelsLabDeepfake, numbers: [1, 2, 3, 4, 5, 6])
        try await visit(.modelsLabFaceSwap, numbers: [1, 2, 3, 4, 5, 6])
        try await visit(.modelsLabFaceGen, numbers: ["1", "2", "3", "4", "5", "6"])
        try await visit(.modelsLabFineTune, numbers: ["1", "2", "3", "4", "5", "6"])
        try await visit(
            .modelsLabWorkflow,
            numbers: (1...6).map { WorkflowRun(workflow: "upscale", run: $0) }
        )
        try await visit(
            ModelsLabFamily<Int64>("modelslab.interior", api: .v5, path: "interior/fetch/{id}", authorization: way),
            numbers: [1, 2, 3, 4, 5, 6]
        )
        collection.add(ModelsLabAPI.v6)
        try await visit(ReplyReader(collection: collection), numbers: [1, 2, 3])
    }

    private func visit<Endpoint: FetchEndpoint>(_ endpoint: Endpoint, numbers: [Endpoint.ID]) async throws {
        let client = client(try EndpointRegistry(endpoint))
        for number in numbers {
            try await ask { try await client.fetch(endpoint, id: number) }
            try await ask { try await client.fetch(JobReference(endpoint: endpoint.name, id: number.description)) }
            collection.add(number)
        }
        collection.add(endpoint, client)
        if case .succeeded(let output) = try await client.fetch(endpoint, id: numbers[1]) { add(partsOf: output) }
    }

    private func add(partsOf output: Any) {
        switch output {
        case let swap as Generation<FaceSwapMeta>:
            if let source = swap.source { collection.add(source) }
            if let meta = swap.meta { collection.add(meta) }
        case let run as WorkflowOutput:
            for step in run.steps { collection.add(step) }
        default: break
        }
    }
}

/// A family of ModelsLab that shows the replies that it reads.
private struct ReplyReader: ModelsLabEndpoint {
    typealias ID = Int64
    let name: EndpointName = "modelslab.reader"
    let path: PathTemplate = "reader/fetch/{id}"
    let collection: SpecimenLog

    func answer(to id: Int64, from response: FetchResponse) throws -> FetchAnswer<Generation<[String: JSONValue]>> {
        let reply = try ModelsLabReply(response)
        collection.add(reply)
        return try reply.answer()
    }
}
