import FetchCore

/// The list of all fuzz targets.
package enum AllTargets {
    /// Creates all targets from the repository's fixtures and manifests. Throws an error if a file can't be read.
    package static func create() throws -> [any FuzzTarget] {
        let modelsLab = try ShippedEndpoint.modelsLab()
        let families = try ShippedEndpoint.families()
        let manifests = try ShippedEndpoint.manifests()
        let single = (modelsLab + manifests).map { EndpointTarget(name: $0.endpoint.name.rawValue, endpoints: [$0]) }
        return single + [
            EndpointTarget(name: "modelslab.families", endpoints: families),
            PollingTarget(endpoints: modelsLab + families + manifests),
            ManifestTarget(try ManifestSeed.all()),
            JSONTarget(
                try Seed.bodies(
                    in: ["ModelsLabTests", "ModelsLabFaceSwapTests", "ModelsLabVideoTests", "ModelsLabWorkflowTests"]
                )
            ),
            PathTarget(),
            ReferenceTarget(),
            RetryAfterTarget(),
            DownloadTarget(),
        ]
    }
}
