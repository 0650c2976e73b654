import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session delegate that forwards the events of each task to its exchange.
final class SessionDelegate: NSObject, URLSessionDataDelegate {
    /// The serial queue on which the session calls this delegate.
    let queue = DelegateQueue()

    /// A queue for calls that would deadlock on the delegate's queue.
    private let cancellations = DispatchQueue(label: "FetchURLSession.cancellations")
    private let exchanges = Mutex<[Int: any SessionExchange]>([:])

    override init() {
        super.init()
        queue.maxConcurrentOperationCount = 1
    }

    func add(_ exchange: any SessionExchange, for task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = exchange }
    }

    /// Forgets the exchange of a task.
    func remove(_ task: URLSessionTask) {
        exchanges.withLock { _ = $0.removeValue(forKey: task.taskIdentifier) }
    }

    /// Forgets the exchange of a task, and cancels the task asynchronously.
    ///
    /// On Linux, `cancel()` waits for the session's work queue. The caller may run on that queue, or the queue may wait
    /// for the Swift task that is being cancelled.
    func cancel(_ task: URLSessionTask) {
        remove(task)
        cancellations.async { task.cancel() }
    }

    private func exchange(of task: URLSessionTask) -> (any SessionExchange)? {
        exchanges.withLock { $0[task.taskIdentifier] }
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest,
        completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        #if canImport(FoundationNetworking)
            // Calling the handler of a cancelled task crashes there. The exchange is forgotten before its task is
            // cancelled.
            exchanges.withLock { if $0[task.taskIdentifier] != nil { completionHandler(nil) } }
        #else
            completionHandler(nil)
        #endif
    }

    func urlSession(
        _ session: URLSession,
        task: URLSessionTask,
        didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        #if canImport(FoundationNetworking)
            // The challenge comes after the whole response there, and rejecting it cancels the task.
            exchange(of: task)?.endWithReceived()
            cancellations.async { completionHandler(.rejectProtectionSpace, nil) }
        #else
            completionHandler(challenge.disposition, nil)
        #endif
    }

    #if canImport(FoundationNetworking)
        /// Ends the exchange, and doesn't let the task go on.
        ///
        /// On Linux, URLSession calls this function also for a body of bytes, when a reused connection was closed and
        /// the request is about to be sent over another one. It doesn't rewind the body, so the server would wait for
        /// it until the timeout. libcurl resends only on a reused connection and only if no byte of a response was
        /// received (`Curl_retry_request` in libcurl's `transfer.c`).
        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            needNewBodyStream completionHandler: @escaping @Sendable (InputStream?) -> Void
        ) {
            exchange(of: task)?.endWithClosedConnection()
            cancel(task)
            completionHandler(nil)
        }
    #else
        /// Notes if the last connection was a reused one. Called before the end of the task
        /// ("didFinishCollectingMetrics" and "reusedConnection", `NSURLSession.h`).
        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            didFinishCollecting metrics: URLSessionTaskMetrics
        ) {
            exchange(of: task)?.note(reusedConnection: metrics.transactionMetrics.last?.isReusedConnection)
        }
    #endif

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        guard let exchange = exchange(of: dataTask), let head = response as? HTTPURLResponse else {
            return completionHandler(.cancel)
        }
        guard exchange.request.canReceive(contentLength: head.value(forHTTPHeaderField: "Content-Length")) else {
            exchange.finish(throwing: exchange.request.responseTooLargeError)
            completionHandler(.cancel)
            return cancel(dataTask)
        }
        exchange.receive(head)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let exchange = exchange(of: dataTask) else { return }
        if !exchange.receive(data) { cancel(dataTask) }
    }

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        willCacheResponse proposedResponse: CachedURLResponse,
        completionHandler: @escaping @Sendable (CachedURLResponse?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = exchanges.withLock({ $0.removeValue(forKey: task.taskIdentifier) }) else { return }
        exchange.end(with: error, task.response as? HTTPURLResponse)
    }
}
