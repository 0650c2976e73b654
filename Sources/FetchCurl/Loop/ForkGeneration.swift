import Synchronization

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A number that differs between a process and those that were forked from it.
///
/// A forked process has the memory of its parent and none of its threads: an event loop that began before the fork doesn't run
/// there.
enum ForkGeneration {
    private static let counter = Atomic<Int>(0)
    private static let isRegistered = pthread_atfork(nil, nil, { counter.wrappingAdd(1, ordering: .relaxed) }) == 0

    /// The number of forks between the first process that asked and this one.
    static var current: Int {
        _ = isRegistered
        return counter.load(ordering: .relaxed)
    }
}
