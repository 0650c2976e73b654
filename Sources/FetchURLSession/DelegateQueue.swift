import Foundation

#if canImport(FoundationNetworking)
    /// Does each operation at once, in the thread that adds it.
    ///
    /// On Linux, URLSession adds an operation for each call of its delegate, and does so from its work queue, one after the
    /// other. A queue of its own would wake another thread for every one of them, which `data(for:)` and its completion handler
    /// are spared as well. What the delegate does takes no time; it must not wait for the work queue, as `cancel()` does there.
    ///
    /// Unchecked, since the superclass is: this class adds nothing to it that could be shared.
    final class DelegateQueue: OperationQueue, @unchecked Sendable {
        override func addOperation(_ block: @escaping @Sendable () -> Void) { block() }
    }
#else
    /// Calls the delegate in the system's threads, one call after the other.
    typealias DelegateQueue = OperationQueue
#endif
