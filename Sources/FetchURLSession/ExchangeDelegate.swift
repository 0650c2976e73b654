import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Tells the exchanges of a session what happens to their tasks.
final class ExchangeDelegate: NSObject, URLSessionDataDelegate {
    /// Where the session calls this delegate, one call after the other.
    let queue = DelegateQueue()

    /// For what would wait for the queue that the delegate is called on.
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

    /// Cancels a task whose exchange is finished, soon.
    ///
    /// Not in the caller's thread: on Linux, `cancel()` waits for the session's work queue, which may be what calls here, or
    /// wait for the Swift task that is just being cancelled.
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
            // To answer for a task that is cancelled already would end the process there. Who cancels finishes first.
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
            // The challenge comes behind the whole response there, and to reject it cancels the task.
            if let exchange = exchange(of: task), let answer = exchange.answer {
                exchange.finish(returning: answer)
            }
            cancellations.async { completionHandler(.rejectProtectionSpace, nil) }
        #else
            let space = challenge.protectionSpace
            switch space.authenticationMethod {
            case NSURLAuthenticationMethodServerTrust, NSURLAuthenticationMethodClientCertificate:
                completionHandler(.performDefaultHandling, nil)
            // A proxy's challenge comes here as well, and its credentials are the system's ("isProxy",
            // `NSURLProtectionSpace.h`: "Determine if this protection space requires a proxy").
            case _ where space.isProxy(): completionHandler(.performDefaultHandling, nil)
            default: completionHandler(.rejectProtectionSpace, nil)
            }
        #endif
    }

    #if canImport(FoundationNetworking)
        /// Ends the request for the transport to send it once more.
        ///
        /// On Linux, this comes for a body of bytes too, where a kept connection turned out to be closed and the request
        /// is about to go over another one. The body isn't wound back for that: the server would wait for it in vain. libcurl
        /// does it only on a connection that had been used before, and when no byte of a response came (`Curl_retry_request`
        /// in libcurl's `transfer.c`).
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
        /// Notes whether the last connection was a kept one. It comes before the task's end ("didFinishCollectingMetrics" and
        /// "reusedConnection", `NSURLSession.h`).
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
                // A lost connection that was a kept one is seen where the body is wanted again.
                exchange.finish(throwing: FetchError(error, from: exchange.request.url))
            #else
                exchange.finish(throwing: exchange.failure(error))
            #endif
        } else if let answer = exchange.answer {
            exchange.finish(returning: answer)
        } else if let response = task.response as? HTTPURLResponse {
            // On Linux, a redirect whose location can't be read is announced nowhere else.
            exchange.finish(returning: URLSessionExchange.Answer(response: response))
        } else {
            exchange.finish(throwing: FetchError(URLError(.badServerResponse), from: exchange.request.url))
        }
    }
}
