import FetchCore

/// Calls a function with each retry of a client.
struct RetryObserver: FetchObserver {
    private let action: @Sendable (FetchRetry) -> Void

    init(_ action: @escaping @Sendable (FetchRetry) -> Void) { self.action = action }

    func record(_ event: FetchEvent) {
        if case .retrying(let retry) = event.kind { action(retry) }
    }
}
