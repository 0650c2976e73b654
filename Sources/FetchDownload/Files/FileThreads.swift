package import FetchCore

/// The threads on which files are read and written.
///
/// A disk may take a second for a call, so it must not keep a thread of Swift's pool, which has as many as the machine
/// has processors. A call here costs two switches of the thread: do all for a small file in one.
package enum FileThreads {
    /// Runs a function that blocks.
    ///
    /// - Parameters:
    ///   - clock: The clock of the caller. With a virtual one, the function runs on its executor, so that no time
    ///     passes meanwhile. Defaults to the continuous clock.
    ///   - body: The function. It isn't interrupted by cancellation.
    /// - Returns: What the function returns.
    /// - Throws: What the function throws.
    package static func run<Value: Sendable>(
        with clock: any Clock<Duration> = ContinuousClock(),
        _ body: @Sendable () throws(FetchError) -> Value
    ) async throws(FetchError) -> Value {
        // Most clocks are this one. The other cast searches for a conformance.
        let own = clock is ContinuousClock ? nil : (clock as? any ExecutorClock)?.taskExecutor
        let executor = own ?? BlockingExecutor.files
        let result = await withTaskExecutorPreference(executor) { await call(body) }
        return try result.get()
    }

    @concurrent
    private static func call<Value: Sendable>(
        _ body: @Sendable () throws(FetchError) -> Value
    ) async -> Result<Value, FetchError> {
        Result(catching: body)
    }
}
