import FetchCore
import Foundation
import Synchronization

/// One request of a ``ReferenceTransport``. Blocks the thread that calls ``run()``.
final class ReferenceExchange: Sendable {
    private struct State {
        var connection: ReferenceConnection?
        var reason: (any Error)?
    }

    private let request: FetchRequest
    private let pool: ReferencePool
    private let defect: TransportDefect?
    private let state = Mutex(State())

    init(_ request: FetchRequest, pool: ReferencePool, defect: TransportDefect?) {
        self.request = request
        self.pool = pool
        self.defect = defect
    }

    /// Ends the request with an error, from any thread.
    func end(_ reason: any Error) {
        state.withLock { state in
            state.reason = state.reason ?? reason
            state.connection?.shutDown()
        }
    }

    func run() -> Result<FetchResponse, any Error> {
        let maximumAttempts = defect == .retriesOften ? 5 : defect == .trustsIdleConnections ? 1 : 2
        var attempts = 0
        while true {
            attempts += 1
            do {
                let response = try attempt(onNewConnection: attempts > 1)
                return state.withLock(\.reason).map { .failure($0) } ?? .success(response)
            } catch ReferenceFailure.dead where attempts < maximumAttempts {
                continue
            } catch {
                return .failure(state.withLock(\.reason) ?? translated(error))
            }
        }
    }

    private func attempt(onNewConnection: Bool) throws -> FetchResponse {
        let port = UInt16(request.url.port ?? 80)
        let kept = onNewConnection ? nil : pool.take(port, trusting: defect == .trustsIdleConnections)
        let connection = try kept ?? ReferenceConnection(port: port)
        let hasEnded = state.withLock { state in
            state.connection = connection
            return state.reason != nil
        }
        // Other threads can't use the descriptor after it is closed or returned to the pool.
        defer { state.withLock { $0.connection = nil } }
        guard !hasEnded else { throw CancellationError() }
        do {
            try connection.send(ReferenceRequest(request, defect).bytes)
            var reader = ReferenceResponseReader(connection, request, defect)
            let response = try reader.response()
            if reader.keepsConnection { pool.insert(connection, port) }
            return response
        } catch let error as ReferenceFailure {
            guard !connection.hasReceived, error != .protocolBroken else { throw error }
            if kept != nil || defect == .retriesOften && onNewConnection { throw ReferenceFailure.dead }
            throw error == .reset ? .resetAtOnce : error
        }
    }

    private func translated(_ error: any Error) -> any Error {
        switch error {
        case ReferenceFailure.refused where defect == .mapsRefusalToUntrusted:
            FetchError(.untrustedServer, "not trusted")
        case ReferenceFailure.resetAtOnce where defect == .mapsResetToPermanent: FetchError(.badRequest, "reset")
        case is ReferenceFailure where defect == .exposesURLs:
            FetchError(.connectionFailed, "lost: \(request.url.absoluteString)")
        case let error as ReferenceFailure: FetchError(.connectionFailed, "the connection failed: \(error)")
        default: error
        }
    }
}
