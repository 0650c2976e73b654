import FetchCore
import Synchronization

/// Takes specimens from wherever they come.
final class SpecimenLog: FetchObserver {
    private struct Contents {
        var specimens: [Specimen] = []
        var dumps: [ObjectIdentifier: Set<String>] = [:]
    }

    private let contents = Mutex(Contents())

    var specimens: [Specimen] { contents.withLock(\.specimens) }

    /// Takes values, each as often as it looks different.
    func add(_ values: Any...) {
        for value in values {
            let type = ObjectIdentifier(type(of: value))
            var text = ""
            dump(value, to: &text)
            guard contents.withLock({ $0.dumps[type, default: []].insert(text).inserted }) else { continue }
            let specimen = Specimen(value, dumped: text)
            contents.withLock { $0.specimens.append(specimen) }
        }
    }

    /// Takes an error and all that it is made of.
    func add(_ error: FetchError) {
        add(error as Any, error.code)
        if let failure = error.failure { add(failure, failure.reason) }
        if let progress = error.lastProgress { add(progress) }
        if let lastError = error.lastError { add(lastError as Any) }
    }

    func record(_ event: FetchEvent) {
        add(event, event.job, event.provider, event.kind)
        if case .failed(let error, _) = event.kind { add(error) }
    }
}
