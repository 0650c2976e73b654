import FetchCore
import FetchCurl
import FetchURLSession
import Foundation
import ModelsLab
import ModelsLabVideo

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Samples from the doc comments of FetchURLSession and FetchCurl.
enum TransportSetupSamples {
    static func urlSession(_ registry: EndpointRegistry) {
        let client = FetchClient(registry: registry, transport: .urlSession, credentials: .environment)
        print(client)
    }

    static func submission(_ client: FetchClient, _ submission: URLRequest) async throws {
        let (body, response) = try await URLSession.shared.data(for: submission)
        let video = try await client.result(continuing: FetchResponse(body, response), of: .modelsLabVideo)
        print(video)
    }

    static func server(_ registry: EndpointRegistry) async throws {
        let transport = try CurlTransport(CurlTransport.Configuration(connectionsPerHost: 128))
        let client = FetchClient(registry: registry, transport: transport, credentials: .environment)
        print(client)
        await transport.shutdown()
    }
}
