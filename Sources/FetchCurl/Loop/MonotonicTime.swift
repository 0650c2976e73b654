#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Nanoseconds of a clock that never goes back.
package enum MonotonicTime {
    package static var now: Int64 { read(CLOCK_MONOTONIC) }

    /// The processor time of the calling thread. The system is asked for it, which takes longer than ``now``.
    static var spentByThread: Int64 { read(CLOCK_THREAD_CPUTIME_ID) }

    /// The time of a clock of the system in nanoseconds.
    static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
