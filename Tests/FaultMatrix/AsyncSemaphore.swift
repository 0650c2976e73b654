/// A counting semaphore that suspends tasks, in FIFO order.
actor AsyncSemaphore {
    private var permits: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(permits: Int) { self.permits = permits }

    /// Runs a closure while holding a permit.
    func withPermit<Value: Sendable>(_ work: @Sendable () async throws -> Value) async rethrows -> Value {
        await acquire()
        defer { release() }
        return try await work()
    }

    private func acquire() async {
        if permits > 0 { return permits -= 1 }
        await withCheckedContinuation { waiting.append($0) }
    }

    private func release() {
        if waiting.isEmpty { permits += 1 } else { waiting.removeFirst().resume() }
    }
}
