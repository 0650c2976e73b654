import FetchCore

/// All targets, by name.
package enum AllTargets {
    /// Makes all targets, which reads the fixtures and manifests of the repository.
    package static func made() throws -> [any FuzzTarget] {
        let modelsLab = try ShippedEndpoint.modelsLab()
        let families = try ShippedEndpoint.families()
        let manifests = try ShippedEndpoint.manifests()
        let single = (modelsLab + manifests).map { EndpointTarget(name: $0.endpoint.name.text, endpoints: [$0]) }
        return single + [
            EndpointTarget(name: "modelslab.families", endpoints: families),
            WaitTarget(endpoints: modelsLab + families + manifests),
            ManifestTarget(try ManifestSeed.all()),
            JSONTarget(
                try Seed.bodies(
                    in: ["ModelsLabTests", "ModelsLabFaceSwapTests", "ModelsLabVideoTests", "ModelsLabWorkflowTests"]
                )
            ),
            PathTarget(),
            ReferenceTarget(),
            RetryAfterTarget(),
        ]
    }
}
