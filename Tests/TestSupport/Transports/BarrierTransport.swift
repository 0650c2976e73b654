package import FetchCore

/// A transport or service that suspends its requests until a given number of them have arrived, and then responds to
/// all.
package actor BarrierTransport: FetchTransport {
    private let size: Int
    private var suspended: [CheckedContinuation<Void, Never>] = []

    /// Creates a barrier for a number of requests.
    package init(size: Int) { self.size = size }

    package func send(_ request: FetchRequest) async throws -> FetchResponse {
        await withCheckedContinuation { continuation in
            suspended.append(continuation)
            guard suspended.count == size else { return }
            for continuation in suspended { continuation.resume() }
        }
        return FetchResponse(status: 200)
    }
}
