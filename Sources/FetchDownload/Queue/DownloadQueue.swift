import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// Limits the number of downloads at the same time, for each host and in all.
package final class DownloadQueue: Sendable {
    private struct State {
        var slots: DownloadSlots
        var waiters: [Int: Promise<Void>] = [:]
    }

    private let state: Mutex<State>

    package init(_ slots: DownloadSlots) { state = Mutex(State(slots: slots)) }

    /// Runs an operation when there is a slot for it.
    ///
    /// - Parameters:
    ///   - host: The host of the link.
    ///   - expiryDate: The date from which on the link may be dead. `nil` if it isn't known.
    ///   - operation: The download.
    /// - Returns: The result of the operation.
    /// - Throws: The error of the operation; `CancellationError` if the task is cancelled while it waits.
    package func run<Value: Sendable>(
        _ host: String,
        expiringAt expiryDate: Date?,
        _ operation: () async throws -> Value
    ) async throws -> Value {
        try await enter(host, expiringAt: expiryDate)
        defer { leave(host) }
        return try await operation()
    }

    private func enter(_ host: String, expiringAt expiryDate: Date?) async throws {
        try Task.checkCancellation()
        let waiting = state.withLock { state -> (number: Int, slot: Promise<Void>)? in
            guard let number = state.slots.request(host, expiringAt: expiryDate) else { return nil }
            let slot = Promise<Void>()
            state.waiters[number] = slot
            return (number, slot)
        }
        guard let (number, slot) = waiting else { return }
        try await withTaskCancellationHandler {
            try await slot.wait()
        } onCancel: {
            // A download that has just got its slot ends by itself, and releases it.
            let isWaiting = state.withLock { state in
                guard state.slots.cancel(number) else { return false }
                state.waiters[number] = nil
                return true
            }
            if isWaiting { slot.fulfill(.failure(CancellationError())) }
        }
    }

    private func leave(_ host: String) {
        let next = state.withLock { state in
            state.slots.release(host).flatMap { state.waiters.removeValue(forKey: $0) }
        }
        next?.fulfill(.success(()))
    }
}
