package import FetchCore

/// A plugin with the endpoints of all providers in this gallery.
package struct ProviderGallery: FetchPlugin {
    package let endpoints: [any FetchEndpoint] = [
        AssemblyAITranscript(),
        BFLImage(),
        ElevenLabsDubbing(),
        FalQueue(),
        GeminiVideo(),
        HeyGenVideo(),
        KlingVideo(),
        LumaGeneration(),
        MeshyTask(),
        MiniMaxVideo(),
        OpenAIVideo(),
        ReplicatePrediction(),
        RunwayTask(),
        StabilityResult(),
        VertexVideo(),
    ]

    package init() {}
}

extension FetchPlugin where Self == ProviderGallery {
    package static var providerGallery: Self { Self() }
}
