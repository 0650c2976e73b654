import FetchCore
import Synchronization

/// Calls a function with each retry of a client.
struct RetryObserver: FetchObserver {
    private let action: @Sendable (FetchRetry) -> Void

    init(_ action: @escaping @Sendable (FetchRetry) -> Void) { self.action = action }

    func record(_ event: FetchEvent) {
        if case .retrying(let retry) = event.kind { action(retry) }
    }
}

/// Strings that several tasks append.
final class EventList: Sendable {
    private let strings = Mutex<[String]>([])

    var all: [String] { strings.withLock(\.self) }

    func append(_ string: String) { strings.withLock { $0.append(string) } }
}
