import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The clock of the store that is checked.
package final class TrialClock: Sendable {
    private let state = Mutex(Date(timeIntervalSince1970: 1_700_000_000))

    package init() {}

    package var date: Date { state.withLock { $0 } }

    package func advance(by duration: Duration) { state.withLock { $0 += duration.seconds } }
}
