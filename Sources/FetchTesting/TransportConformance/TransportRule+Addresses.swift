import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

// The rule about the address policy.
extension TransportRule {
    /// A host that the request's address policy refuses isn't connected to.
    public static let addressPolicy = Self(
        "addressPolicy",
        "A request whose addressPolicy refuses the host in its URL throws refusedURL, and nothing is sent. A host that the "
            + "policy allows by name is requested."
    ) { trial in
        let script = LoopbackScript([.json("{}")])
        let server = try LoopbackServer(playing: script)
        defer { server.stop() }
        var request = trial.request(server)
        request.addressPolicy = .publicOnly
        let outcome = await trial.send(request)
        if case .failure(let error as FetchError) = outcome, error.code == .refusedURL {
        } else {
            trial.record("refusedURL for 127.0.0.1 with publicOnly", observed: "\(outcome)")
        }
        trial.expect(
            server.connections == 0,
            "no connection to a refused host",
            observed: "\(server.connections) connections"
        )
        request.addressPolicy = .publicOnly(allowing: ["127.0.0.1"])
        _ = await trial.response(to: request, "from a host that is allowed by name")
    }
}
