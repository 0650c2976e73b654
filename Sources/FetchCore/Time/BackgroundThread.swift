#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A thread outside of Swift's cooperative pool, for blocking work.
package enum BackgroundThread {
    /// Starts a detached thread.
    ///
    /// The thread blocks all signals, which are left to the application's threads. This includes SIGPIPE: with older
    /// versions of libcurl, a TLS library raises it when it writes to a closed connection.
    ///
    /// - Parameter body: The thread's function. The thread ends when it returns.
    /// - Returns: False if the system can't create a thread.
    package static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
        let box = Unmanaged.passRetained(Body(body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        #if canImport(Darwin)
            var thread: pthread_t?
            let result = pthread_create(&thread, &attributes, { Body.run($0) }, box.toOpaque())
        #else
            var thread = pthread_t()
            let result = pthread_create(&thread, &attributes, { $0.flatMap { Body.run($0) } }, box.toOpaque())
        #endif
        if result != 0 { box.release() }
        return result == 0
    }

    private final class Body: Sendable {
        private let action: @Sendable () -> Void

        init(_ action: @escaping @Sendable () -> Void) { self.action = action }

        static func run(_ context: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
            var signals = sigset_t()
            sigfillset(&signals)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            Unmanaged<Body>.fromOpaque(context).takeRetainedValue().action()
            return nil
        }
    }
}
