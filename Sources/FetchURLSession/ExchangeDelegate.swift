import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session delegate that forwards the events of each task to its exchange.
final class ExchangeDelegate: NSObject, URLSessionDataDelegate {
    /// The serial queue on which the session calls this delegate.
    let queue = DelegateQueue()

    /// A queue for calls that would deadlock on the delegate's queue.
    private let cancellations = DispatchQueue(label: "FetchURLSession.cancellations")

    override init() {
        super.init()
        queue.maxConcurrentOperationCount = 1
    }

    private let exchanges = Mutex<[Int: URLSessionExchange]>([:])

    func add(_ exchange: URLSessionExchange, for task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = exchange }
    }

    func remove(_ task: URLSessionTask) {
        exchanges.withLock { _ = $0.removeValue(forKey: task.taskIdentifier) }
    }

    /// Cancels a task asynchronously. Its exchange must be finished.
    ///
    /// On Linux, `cancel()` waits for the session's work queue. The caller may run on that queue, or the queue may wait
    /// for the Swift task that is being cancelled.
    func cancel(_ task: URLSessionTask) {
        cancellations.async { task.cancel() }
    }

    private func exchange(of task: URLSessionTask) -> URLSessionExchange? {
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
            // Calling the handler of a cancelled task crashes there. The exchange is finished before its task is
            // cancelled.
            exchange(of: task)?.ifUnfinished { completionHandler(nil) }
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
            if let exchange = exchange(of: task), let response = exchange.response {
                exchange.finish(returning: response)
            }
            cancellations.async { completionHandler(.rejectProtectionSpace, nil) }
        #else
            completionHandler(challenge.disposition, nil)
        #endif
    }

    #if canImport(FoundationNetworking)
        /// Ends the exchange with ``DeadConnection``, so that the transport retries the request.
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
            if let exchange = exchange(of: task) {
                let error = FetchError(URLError(.networkConnectionLost), from: exchange.request.url)
                exchange.finish(throwing: DeadConnection(error: error))
            }
            cancel(task)
            completionHandler(nil)
        }
    #else
        /// Records if the last connection was a reused one. Called before the end of the task
        /// ("didFinishCollectingMetrics" and "reusedConnection", `NSURLSession.h`).
        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            didFinishCollecting metrics: URLSessionTaskMetrics
        ) {
            exchange(of: task)?.record(reusedConnection: metrics.transactionMetrics.last?.isReusedConnection)
        }
    #endif

    func urlSession(
        _ session: URLSession,
        dataTask: URLSessionDataTask,
        didReceive response: URLResponse,
        completionHandler: @escaping @Sendable (URLSession.ResponseDisposition) -> Void
    ) {
        guard let exchange = exchange(of: dataTask), let response = response as? HTTPURLResponse else {
            return completionHandler(.cancel)
        }
        let request = exchange.request
        guard request.method == RequestMethod("HEAD") || response.expectedContentLength <= Int64(request.responseLimit)
        else {
            exchange.finish(throwing: request.responseTooLargeError)
            completionHandler(.cancel)
            return cancel(dataTask)
        }
        exchange.receive(response)
        completionHandler(.allow)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        guard let exchange = exchange(of: dataTask), !exchange.isFinished else { return }
        guard !exchange.receive(data) else { return }
        exchange.finish(throwing: exchange.request.responseTooLargeError)
        cancel(dataTask)
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
        guard let exchange = exchange(of: task) else { return }
        if let error {
            #if canImport(FoundationNetworking)
                // There, `needNewBodyStream` handles a reused connection that was closed.
                exchange.finish(throwing: FetchError(error, from: exchange.request.url))
            #else
                exchange.finish(throwing: exchange.failure(error))
            #endif
        } else if let response = exchange.response {
            exchange.finish(returning: response)
        } else if let response = task.response as? HTTPURLResponse {
            // On Linux, this is the only event for a redirect with an invalid location.
            exchange.finish(returning: URLSessionExchange.ReceivedResponse(head: response))
        } else {
            exchange.finish(throwing: FetchError(URLError(.badServerResponse), from: exchange.request.url))
        }
    }
}
