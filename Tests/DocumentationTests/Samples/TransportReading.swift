import FetchCore
import FetchURLSession

/// The samples of the transports that the other pages don't use.
enum TransportReading {
    static func urlSession(_ registry: EndpointRegistry) {
        let client = FetchClient(registry: registry, transport: .urlSession, credentials: .environment)
        print(client)
    }
}
