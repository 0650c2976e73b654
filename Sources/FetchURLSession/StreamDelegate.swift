import FetchCore
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A session delegate that forwards the events of each task to its streamed exchange.
final class StreamDelegate: NSObject, URLSessionDataDelegate {
    /// The serial queue on which the session calls this delegate.
    let queue = DelegateQueue()

    /// A queue for calls that would deadlock on the delegate's queue.
    private let cancellations = DispatchQueue(label: "FetchURLSession.streams")
    private let exchanges = Mutex<[Int: StreamExchange]>([:])

    override init() {
        super.init()
        queue.maxConcurrentOperationCount = 1
    }

    func add(_ exchange: StreamExchange, for task: URLSessionTask) {
        exchanges.withLock { $0[task.taskIdentifier] = exchange }
    }

    /// Cancels a task asynchronously, and forgets its exchange.
    func cancel(_ task: URLSessionTask) {
        exchanges.withLock { _ = $0.removeValue(forKey: task.taskIdentifier) }
        cancellations.async { task.cancel() }
    }

    private func exchange(of task: URLSessionTask) -> StreamExchange? {
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
            exchange(of: task)?.body.finish()
            cancellations.async { completionHandler(.rejectProtectionSpace, nil) }
        #else
            completionHandler(challenge.disposition, nil)
        #endif
    }

    #if canImport(FoundationNetworking)
        /// Ends the exchange. URLSession calls this function there also for a body of bytes, when a reused connection was
        /// closed, and doesn't rewind the body.
        func urlSession(
            _ session: URLSession,
            task: URLSessionTask,
            needNewBodyStream completionHandler: @escaping @Sendable (InputStream?) -> Void
        ) {
            if let exchange = exchange(of: task) {
                exchange.finish(throwing: FetchError(URLError(.networkConnectionLost), from: exchange.request.url))
            }
            cancel(task)
            completionHandler(nil)
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
        guard exchange.request.canReceive(announced: HeaderFields(response)) else {
            exchange.finish(throwing: exchange.request.responseTooLargeError)
            completionHandler(.cancel)
            return cancel(dataTask)
        }
        exchange.head.fulfill(.success(response))
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
        if let error { return exchange.finish(throwing: FetchError(error, from: exchange.request.url)) }
        // On Linux, this is the only event for a redirect with an invalid location.
        if let response = task.response as? HTTPURLResponse { exchange.head.fulfill(.success(response)) }
        exchange.finish()
    }
}
