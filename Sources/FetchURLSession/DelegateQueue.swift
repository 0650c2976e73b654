import Foundation

#if canImport(FoundationNetworking)
    /// An operation queue that runs each operation synchronously on the thread that adds it.
    ///
    /// On Linux, URLSession adds an operation for each delegate call, serially from its work queue. A real queue would
    /// wake another thread for each call. The delegate must return quickly, and can't wait for the work queue, as
    /// `cancel()` does there.
    ///
    /// `@unchecked Sendable`, since the superclass is. This class adds no state.
    final class DelegateQueue: OperationQueue, @unchecked Sendable {
        override func addOperation(_ block: @escaping @Sendable () -> Void) { block() }
    }
#else
    /// The system's operation queue. It calls the delegate serially.
    typealias DelegateQueue = OperationQueue
#endif
