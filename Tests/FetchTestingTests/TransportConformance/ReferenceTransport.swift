import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// A transport over plain HTTP/1.1 that conforms to the contract or has one defect. It uses a thread for each request.
final class ReferenceTransport: FetchTransport {
    let defect: TransportDefect?
    private let pool: ReferencePool
    private let state = Mutex(State())
    private let semaphore = AsyncSemaphore(permits: 8)

    /// The state that only defects use.
    private struct State {
        var cookie: String?
        var cached: [URL: FetchResponse] = [:]
        var failedHosts: Set<String> = []
    }

    init(_ defect: TransportDefect? = nil) {
        self.defect = defect
        pool = ReferencePool(leaks: defect == .leaksConnections)
    }

    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        if defect != .ignoresAddressPolicy { try request.addressPolicy.check(request.url) }
        if defect == .prints, let query = request.url.query() { print("polling with \(query)") }
        if defect == .blocksActors, isIsolated() { return try await blocking(request) }
        if defect == .limitsParallelism {
            await semaphore.acquire()
            defer { semaphore.release() }
            return try await sendStateful(request)
        }
        return try await sendStateful(request)
    }

    /// Sends a request, with the defects of a client that keeps state between requests.
    private func sendStateful(_ request: FetchRequest) async throws -> FetchResponse {
        let host = request.url.absoluteString.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        var request = request
        switch defect {
        case .keepsCookies: request.headers["Cookie"] = state.withLock(\.cookie)
        case .caches:
            if request.method == .get, let cached = state.withLock({ $0.cached[request.url] }) { return cached }
        case .rejectsFailedHosts:
            if state.withLock({ $0.failedHosts.contains(host) }) {
                throw FetchError(.connectionFailed, "the host failed before")
            }
        default: break
        }
        do {
            let response = try await sendReacting(request)
            state.withLock { state in
                state.cookie = response.headers["Set-Cookie"] ?? state.cookie
                if response.headers["Cache-Control"] != nil { state.cached[request.url] = response }
            }
            return response
        } catch {
            state.withLock { _ = $0.failedHosts.insert(host) }
            throw error
        }
    }

    /// Sends a request, with the defects of a client that reacts to certain responses.
    private func sendReacting(_ request: FetchRequest) async throws -> FetchResponse {
        let response = try await deliver(request)
        switch defect {
        case .throwsServerErrors where response.status >= 500: throw FetchError(.serverError, "the server failed")
        case .followsRedirects:
            guard let location = response.headers["Location"], location.hasPrefix("/"),
                let url = URL(string: location, relativeTo: request.url)?.absoluteURL
            else { return response }
            var next = request
            next.url = url
            return try await deliver(next)
        case .respondsToChallenges where response.status == 401:
            var next = request
            next.headers["Authorization"] = "Basic eDp5"
            return try await deliver(next)
        default: return response
        }
    }

    private func deliver(_ request: FetchRequest) async throws -> FetchResponse {
        let exchange = ReferenceExchange(request, pool: pool, defect: defect)
        let timer = SharedTimer.continuous.schedule(
            after: defect == .ignoresTimeout ? .seconds(3_600) : request.timeout
        ) {
            exchange.end(FetchError(.requestTimeout, "the response exceeded the timeout"))
        }
        defer { SharedTimer.continuous.cancel(timer) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: exchange.run()) }
            }
        } onCancel: {
            if defect != .ignoresCancellation { exchange.end(CancellationError()) }
        }
    }

    private func isIsolated(_ isolation: isolated (any Actor)? = #isolation) -> Bool { isolation != nil }

    private func blocking(_ request: FetchRequest) async throws -> FetchResponse {
        try ReferenceExchange(request, pool: pool, defect: defect).run().get()
    }
}

/// A counting semaphore with FIFO order.
private final class AsyncSemaphore: Sendable {
    private struct State {
        var permits: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(permits: Int) { state = Mutex(State(permits: permits)) }

    func acquire() async {
        await withCheckedContinuation { continuation in
            let isAcquired = state.withLock { state in
                guard state.permits == 0 else {
                    state.permits -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isAcquired { continuation.resume() }
        }
    }

    func release() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.permits += 1
            return nil
        }
        next?.resume()
    }
}
