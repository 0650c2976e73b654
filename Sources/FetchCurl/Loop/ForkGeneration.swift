import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A counter that distinguishes a process from its forked children.
///
/// A forked process has its parent's memory but not its threads, so an event loop that was started before the fork
/// doesn't run in the child.
enum ForkGeneration {
    private static let counter = Atomic<Int>(0)
    private static let isRegistered = pthread_atfork(nil, nil, { counter.wrappingAdd(1, ordering: .relaxed) }) == 0

    /// The number of forks since this property was first read, counted along the line of ancestors.
    static var current: Int {
        _ = isRegistered
        return counter.load(ordering: .relaxed)
    }
}
