import FetchCore
import FetchTesting
import ModelsLab
import ModelsLabDeepfake
import ModelsLabFaceGen
import ModelsLabFaceSwap
import ModelsLabVideo
import Testing

/// Conformance tests of the four families, each with the other three registered.
@Suite("Endpoint conformance of the four families") struct ConformanceTests {
    private static let fixtures: [EndpointFixture] = [
        .pending(#"{"status":"processing","eta":20,"id":42,"output":[],"future_links":["https://example.com/a.png"]}"#),
        .pending(#"{"status":"processing","message":"Try Again","output":""}"#),
        .succeeded(#"{"status":"success","id":42,"output":["https://example.com/a.png"],"meta":{"seed":7}}"#),
        .succeeded(#"{"status":"success","output":"","proxy_links":{"0":"https://example.com/a.png"}}"#),
        .failed(#"{"status":"failed","message":"no face was found"}"#),
    ]

    private static func otherFamilies<each Plugin: FetchPlugin>(_ plugins: repeat each Plugin) throws
        -> EndpointRegistry
    {
        try EndpointRegistry(repeat each plugins)
    }

    @Test func `the face swap endpoint conforms`() async throws {
        let others = try Self.otherFamilies(.modelsLabVideo, .modelsLabDeepfake, .modelsLabFaceGen)
        try await EndpointConformance(
            ModelsLabFaceSwapEndpoint(),
            ids: [1, .max],
            fixtures: Self.fixtures,
            registeredWith: others
        ).check()
    }

    @Test func `the video endpoint conforms`() async throws {
        let others = try Self.otherFamilies(.modelsLabFaceSwap, .modelsLabDeepfake, .modelsLabFaceGen)
        try await EndpointConformance(
            ModelsLabVideoEndpoint(),
            ids: [1, .max],
            fixtures: Self.fixtures,
            registeredWith: others
        ).check()
    }

    @Test func `the deepfake endpoint conforms`() async throws {
        let others = try Self.otherFamilies(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabFaceGen)
        try await EndpointConformance(
            ModelsLabDeepfakeEndpoint(),
            ids: [263, 278],
            fixtures: Self.fixtures,
            registeredWith: others
        ).check()
    }

    @Test func `the face generation endpoint conforms`() async throws {
        let others = try Self.otherFamilies(.modelsLabFaceSwap, .modelsLabVideo, .modelsLabDeepfake)
        try await EndpointConformance(
            ModelsLabFaceGenEndpoint(),
            ids: ["ab-1", "12202888"],
            fixtures: Self.fixtures,
            registeredWith: others
        ).check()
    }
}
