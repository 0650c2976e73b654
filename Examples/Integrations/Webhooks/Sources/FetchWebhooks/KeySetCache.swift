#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// The keys of a sender, fetched when they are needed. Concurrent messages share one request.
actor KeySetCache {
    private let url: URL
    private let transport: any FetchTransport
    private var state = KeySetState()
    private var request: Task<Void, Never>?

    init(_ url: URL, _ transport: any FetchTransport) {
        self.url = url
        self.transport = transport
    }

    /// Returns the keys that may be used, without a request.
    func keys(at date: Date) -> [SigningKey] { state.usableKeys(at: date) }

    /// Returns keys that may differ from those that were tried in vain.
    ///
    /// - Parameters:
    ///   - known: The keys that were tried.
    ///   - date: The current date.
    /// - Returns: The keys. Empty if they can't be fetched again yet.
    /// - Throws: ``WebhookError`` with the code ``WebhookError/Code/unavailableKeys`` if there are no keys.
    func newKeys(than known: [SigningKey], at date: Date) async throws(WebhookError) -> [SigningKey] {
        // Another message may have had them fetched meanwhile.
        let current = state.usableKeys(at: date)
        if current != known, !current.isEmpty { return current }
        switch state.step(at: date) {
        case .refuse: return []
        case .unavailable: throw Self.unavailable
        case .wait: break
        case .fetch:
            // The request goes on if the connection of the message ends, since other messages wait for it.
            request = Task {
                let keys = try? await Self.fetch(url, transport)
                state.end(with: keys, at: date)
            }
        }
        await request?.value
        let keys = state.usableKeys(at: date)
        guard !keys.isEmpty else { throw Self.unavailable }
        return keys
    }

    private static let unavailable = WebhookError(
        .unavailableKeys,
        "the keys of the sender can't be fetched",
        remedy: "Check that this machine can connect to the host of the key set."
    )

    private static func fetch(_ url: URL, _ transport: any FetchTransport) async throws -> [SigningKey] {
        let request = FetchRequest(
            method: .get,
            url: url,
            headers: ["Accept": "application/json"],
            timeout: .seconds(5),
            responseLimit: 64 << 10,
            addressPolicy: .publicOnly
        )
        let response = try await withThrowingTaskGroup(of: FetchResponse.self) { group in
            group.addTask { try await transport.send(request) }
            if !transport.enforcesTimeout {
                group.addTask {
                    try await Task.sleep(for: request.timeout)
                    throw unavailable
                }
            }
            defer { group.cancelAll() }
            guard let response = try await group.next() else { throw unavailable }
            return response
        }
        guard response.status == 200, response.body.count <= request.responseLimit else { throw unavailable }
        return try JSONWebKeySet(response.body).keys
    }
}
