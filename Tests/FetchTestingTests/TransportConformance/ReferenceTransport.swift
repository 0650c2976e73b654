import FetchCore
import FetchTesting
import Foundation
import Synchronization

/// A transport over plain HTTP/1.1 that keeps the contract, or makes one mistake. A thread for each request, for tests alone.
final class ReferenceTransport: FetchTransport {
    let flaw: Flaw?
    private let pool: ReferencePool
    private let memory = Mutex(Memory())
    private let places = AsyncSemaphore(places: 8)

    /// What only mistakes remember.
    private struct Memory {
        var cookie: String?
        var cached: [URL: FetchResponse] = [:]
        var lostHosts: Set<String> = []
    }

    init(_ flaw: Flaw? = nil) {
        self.flaw = flaw
        pool = ReferencePool(leaks: flaw == .leaksConnections)
    }

    var enforcesTimeout: Bool { true }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        try Task.checkCancellation()
        if flaw == .prints, let query = request.url.query() { print("polling with \(query)") }
        if flaw == .blocksActors, isIsolated() { return try await blocking(request) }
        if flaw == .sendsEightAtOnce {
            await places.enter()
            defer { places.leave() }
            return try await remembering(request)
        }
        return try await remembering(request)
    }

    /// Sends a request, with the mistakes of a client that remembers too much.
    private func remembering(_ request: FetchRequest) async throws -> FetchResponse {
        let host = request.url.absoluteString.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        var request = request
        switch flaw {
        case .keepsCookies: request.headers["Cookie"] = memory.withLock(\.cookie)
        case .caches:
            if request.method == .get, let cached = memory.withLock({ $0.cached[request.url] }) { return cached }
        case .givesUpHosts:
            if memory.withLock({ $0.lostHosts.contains(host) }) {
                throw FetchError(.connectionFailed, "the host is lost")
            }
        default: break
        }
        do {
            let response = try await following(request)
            memory.withLock { memory in
                memory.cookie = response.headers["Set-Cookie"] ?? memory.cookie
                if response.headers["Cache-Control"] != nil { memory.cached[request.url] = response }
            }
            return response
        } catch {
            memory.withLock { _ = $0.lostHosts.insert(host) }
            throw error
        }
    }

    /// Sends a request, with the mistakes of a client that doesn't leave a response as it is.
    private func following(_ request: FetchRequest) async throws -> FetchResponse {
        let response = try await deliver(request)
        switch flaw {
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
        let exchange = ReferenceExchange(request, pool: pool, flaw: flaw)
        let ring = Alarm.continuous.ring(after: flaw == .ignoresTimeout ? .seconds(3_600) : request.timeout) {
            exchange.end(FetchError(.requestTimeout, "there was no response in time"))
        }
        defer { Alarm.continuous.cancel(ring) }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: exchange.run()) }
            }
        } onCancel: {
            if flaw != .ignoresCancellation { exchange.end(CancellationError()) }
        }
    }

    private func isIsolated(_ isolation: isolated (any Actor)? = #isolation) -> Bool { isolation != nil }

    private func blocking(_ request: FetchRequest) async throws -> FetchResponse {
        try ReferenceExchange(request, pool: pool, flaw: flaw).run().get()
    }
}

/// Lets so many pass at once.
private final class AsyncSemaphore: Sendable {
    private struct State {
        var places: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(places: Int) { state = Mutex(State(places: places)) }

    func enter() async {
        await withCheckedContinuation { continuation in
            let passes = state.withLock { state in
                guard state.places == 0 else {
                    state.places -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if passes { continuation.resume() }
        }
    }

    func leave() {
        let next: CheckedContinuation<Void, Never>? = state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.places += 1
            return nil
        }
        next?.resume()
    }
}
