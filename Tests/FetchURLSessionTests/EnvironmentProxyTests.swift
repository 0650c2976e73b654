#if canImport(FoundationNetworking)
    import FetchCore
    import FetchTesting
    import FetchURLSession
    import Foundation
    import TestSupport
    import Testing

    @Suite("Environment proxy of the URLSession transport")
    struct EnvironmentProxyTests {
        @Test func `a plain http request through the environment's proxy is refused`() async throws {
            let service = ScriptedTransport([.json("{}")])
            let server = try LoopbackServer(serving: service)
            defer { server.stop() }
            let transport = URLSessionTransport(.fetching()) { $0 == "http_proxy" ? "http://127.0.0.1:1" : nil }
            let error = await #expect(throws: FetchError.self) {
                try await transport.send(FetchRequest.patient(method: .post, url: server.url))
            }
            #expect(error?.code == .refusedURL)
            #expect(error?.remedy == "Add 127.0.0.1 to the environment variable no_proxy.")
            #expect(service.requests.isEmpty)
        }
    }
#endif
