import FetchCore
import Synchronization

/// Takes specimens from wherever they come.
final class Collection: FetchObserver {
    private let contents = Mutex<[Specimen]>([])

    var specimens: [Specimen] { contents.withLock(\.self) }

    func add(_ values: Any...) {
        let specimens = values.map(Specimen.init)
        contents.withLock { $0 += specimens }
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
