import AsyncHTTPClient
import NIOCore

/// The clients of a transport, each with its own connections. They are shut down when the transport and all bodies that
/// it has returned are released.
final class HTTPClients: Sendable {
    /// Decompresses bodies.
    let decoding: HTTPClient

    /// Returns bodies as they are received, since a client either decompresses all of them or none.
    let verbatim: HTTPClient

    init(_ configuration: AsyncHTTPClientTransport.Configuration, _ eventLoopGroup: any EventLoopGroup) {
        let settings = configuration.clientConfiguration
        var verbatimSettings = settings
        verbatimSettings.decompression = .disabled
        decoding = HTTPClient(eventLoopGroup: eventLoopGroup, configuration: settings)
        verbatim = HTTPClient(eventLoopGroup: eventLoopGroup, configuration: verbatimSettings)
    }

    // An `HTTPClient` must be shut down before its release. The shutdown retains it until it is done.
    deinit {
        for client in [decoding, verbatim] { _ = client.shutdown() as EventLoopFuture<Void> }
    }

    /// Cancels active requests, closes all connections and returns after they are closed.
    func shutdown() async {
        // The only error is that the client is already shut down.
        for client in [decoding, verbatim] { try? await client.shutdown() }
    }
}
