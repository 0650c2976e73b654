#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The time of the system's monotonic clock, in nanoseconds.
package enum MonotonicTime {
    package static var now: Int64 { read(CLOCK_MONOTONIC) }

    /// The processor time of the calling thread, in nanoseconds. Unlike ``now``, reading it takes a system call.
    static var spentByThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    /// Returns the time of a system clock in nanoseconds.
    static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
