extension TaskExecutor {
    /// Runs a function of an actor that blocks, on the threads of this executor.
    ///
    /// An actor that isn't in use runs on the thread of its caller, whatever executor the task prefers. So the thread is
    /// switched before the actor is called.
    ///
    /// - Parameter body: Calls the actor.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws; `CancellationError` if the task is cancelled before it is called.
    package func run<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        try await withTaskExecutorPreference(self) { try await switched(body) }
    }
}

/// Switches to the executor that the task prefers.
@concurrent
private func switched<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
    // Without a statement here, the compiler leaves the switch out, since another one follows.
    try Task.checkCancellation()
    return try await body()
}
