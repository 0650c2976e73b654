import FetchCore
import FetchManifest
import Foundation
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabFineTune
import ModelsLabVideo
import ModelsLabWorkflow

/// An endpoint that ships with FetchKit, with a valid id and real responses.
struct ShippedEndpoint: Sendable {
    var endpoint: any FetchEndpoint
    var id: IDSample
    var mutator: ResponseMutator

    init(_ endpoint: any FetchEndpoint, id: String, seeds: [Seed]) {
        self.endpoint = endpoint
        self.id = IDSample(valid: id)
        mutator = ResponseMutator(seeds: seeds)
    }

    /// Generates an exchange with this endpoint.
    func input(_ random: inout SeededRandom) -> EndpointInput {
        let canary = Canary(&random)
        let (responses, facts) = mutator.responses(canary, &random)
        let id = random.oneIn(8) ? id.any(&random) : id.valid
        return EndpointInput(
            endpoint: endpoint,
            id: id,
            canary: canary,
            responses: responses,
            facts: facts,
            isSearched: canary.isEchoed
        )
    }
}

extension ShippedEndpoint {
    /// Returns ModelsLab's endpoints that have their own types.
    static func modelsLab() throws -> [Self] {
        let common = ["ModelsLabTests"]
        func seeds(_ module: String) throws -> [Seed] { try Seed.bodies(in: common + ["\(module)Tests"]) }
        return [
            Self(ModelsLabVideoEndpoint(), id: "12345", seeds: try seeds("ModelsLabVideo")),
            Self(ModelsLabFaceSwapEndpoint(), id: "263", seeds: try seeds("ModelsLabFaceSwap")),
            Self(ModelsLabDeepfakeEndpoint(), id: "77", seeds: try seeds("ModelsLabDeepfake")),
            Self(ModelsLabFaceGenEndpoint(), id: "ab-1", seeds: try seeds("ModelsLabFaceGen")),
            Self(ModelsLabFineTuneEndpoint(), id: "lantern", seeds: try Seed.bodies(in: ["ModelsLabFineTuneTests"])),
            Self(
                ModelsLabWorkflowEndpoint(),
                id: "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30/7481",
                seeds: try Seed.bodies(in: ["ModelsLabWorkflowTests"])
            ),
        ]
    }

    /// Returns endpoints of type `ModelsLabFamily` that cover all its options.
    static func families() throws -> [Self] {
        let seeds = try Seed.bodies(in: ["ModelsLabTests"])
        let apis: [(String, ModelsLabAPI)] = [
            ("modelslab.v1", .v1), ("modelslab.v3", .v3), ("modelslab.v4", .v4), ("modelslab.v5", .v5),
            ("modelslab.v6", .v6), ("modelslab.v7", .v7), ("modelslab.enterprise.any", .enterprise),
        ]
        return try apis.map { name, api in
            let name = try EndpointName(name)
            return Self(ModelsLabFamily<Int64>(name, api: api, path: "any/fetch/{id}"), id: "90210345", seeds: seeds)
        } + [
            Self(
                ModelsLabFamily<String>("modelslab.images", path: "images/fetch", idField: "request_id"),
                id: "a1-b2",
                seeds: seeds
            ),
            Self(
                ModelsLabFamily<Int64>(
                    "modelslab.controlnet",
                    api: .v5,
                    path: "images/fetch/{id}",
                    method: .get,
                    authorization: .none
                ),
                id: "90210345",
                seeds: seeds
            ),
        ]
    }

    /// Returns the endpoints of the example manifests.
    static func manifests() throws -> [Self] {
        try ManifestSeed.all().map { seed in
            let manifest = try EndpointManifest(seed.document, file: seed.name)
            guard let endpoint = manifest.endpoints.first else { throw CocoaError(.fileReadCorruptFile) }
            return Self(endpoint, id: seed.id, seeds: seed.responses)
        }
    }
}
