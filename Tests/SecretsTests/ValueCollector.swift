import FetchCore
import Synchronization

/// A thread-safe collection of values, which also observes a client and adds its events.
final class ValueCollector: FetchObserver {
    private struct Contents {
        var collectedValues: [CollectedValue] = []
        var dumps: [ObjectIdentifier: Set<String>] = [:]
    }

    private let contents = Mutex(Contents())

    var collectedValues: [CollectedValue] { contents.withLock(\.collectedValues) }

    /// Adds values. A value whose `dump` equals that of an earlier value of its type is ignored.
    func add(_ values: Any...) {
        for value in values {
            let type = ObjectIdentifier(type(of: value))
            var text = ""
            dump(value, to: &text)
            guard contents.withLock({ $0.dumps[type, default: []].insert(text).inserted }) else { continue }
            let collected = CollectedValue(value, dumped: text)
            contents.withLock { $0.collectedValues.append(collected) }
        }
    }

    /// Adds an error and its parts.
    func add(_ error: FetchError) {
        add(error as Any, error.code)
        if let failure = error.failure { add(failure, failure.reason) }
        if let progress = error.lastProgress { add(progress) }
        if let lastError = error.lastError { add(lastError as Any) }
    }

    func record(_ event: FetchEvent) {
        add(event, event.job, event.provider, event.request, event.kind)
        switch event.kind {
        case .failed(let error, _): add(error)
        case .retrying(let retry): add(retry, retry.error)
        default: break
        }
    }
}
