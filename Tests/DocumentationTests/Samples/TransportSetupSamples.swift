import FetchCore
import FetchCurl
import FetchURLSession

/// Samples from the doc comments of FetchURLSession and FetchCurl.
enum TransportSetupSamples {
    static func urlSession(_ registry: EndpointRegistry) {
        let client = FetchClient(registry: registry, transport: .urlSession, credentials: .environment)
        print(client)
    }

    static func server(_ registry: EndpointRegistry) async throws {
        let transport = try CurlTransport(CurlTransport.Configuration(connectionsPerHost: 128))
        let client = FetchClient(registry: registry, transport: transport, credentials: .environment)
        print(client)
        await transport.shutdown()
    }
}
