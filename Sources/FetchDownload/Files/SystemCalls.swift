#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The system's calls on files, repeated if a signal interrupts them.
///
/// The functions return what the system's do: -1 with `errno` set if the call fails.
enum SystemCalls {
    static func repeating<Result: SignedInteger>(_ call: () -> Result) -> Result {
        while true {
            let result = call()
            guard result == -1, errno == EINTR else { return result }
        }
    }

    static func open(_ name: String, in folder: Int32, _ flags: Int32, mode: mode_t = 0) -> Int32 {
        repeating { openat(folder, name, flags | O_CLOEXEC, mode) }
    }

    /// Writes out a file or a folder to its device.
    static func synchronize(_ descriptor: Int32) -> Int32 {
        #if canImport(Darwin)
            // `fsync` leaves the data in the cache of the drive.
            if fcntl(descriptor, F_FULLFSYNC) == 0 { return 0 }
        #endif
        return repeating { fsync(descriptor) }
    }
}
