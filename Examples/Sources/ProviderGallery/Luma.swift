package import FetchCore
package import Foundation

/// Luma's generations, videos and images. Their state is called that, and not status.
///
/// [Documentation](https://docs.lumalabs.ai/reference/getgeneration)
package struct LumaGeneration: FetchEndpoint {
    package let name: EndpointName = "luma.generation"
    package let provider: ProviderID = "luma"
    package let baseURL = URL(string: "https://api.lumalabs.ai/dream-machine/v1")!
    package let method = HTTPMethod.get
    package let path: PathTemplate = "generations/{id}"
    package let authorization = Authorization.bearer

    package init() {}

    package func answer(to id: String, from response: FetchResponse) throws -> FetchAnswer<Assets> {
        let body = try response.json(Body.self, decoder: .snakeCase)
        return switch body.state {
        case "completed": .succeeded(body.assets ?? Assets())
        case "failed": .failed(JobFailure(message: body.failureReason))
        default: .pending
        }
    }

    /// What a generation yields: a video or an image, and of some models a video of how it came to be.
    package struct Assets: FetchOutput, Decodable {
        package var video: URL?
        package var image: URL?
        package var progressVideo: URL?

        package var artifacts: [Artifact] { [video, image, progressVideo].compactMap(\.self).artifacts }
    }

    private struct Body: Decodable {
        var state: String
        var assets: Assets?
        var failureReason: String?
    }
}

extension FetchPlugin where Self == LumaGeneration {
    package static var lumaGeneration: Self { Self() }
}
