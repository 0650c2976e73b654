import SystemLibrary

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

    #if !canImport(Darwin)
        /// `renameat2` with the flag 1, `RENAME_NOREPLACE`. The modules of the C libraries don't declare it, and musl's
        /// library hasn't always had it.
        private static let renameAt2 = try? SystemLibrary(["libc.so.6"]).symbol("renameat2", as: RenameAt2.self)

        private typealias RenameAt2 =
            @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    #endif

    /// Renames a file unless the new name exists. The error is `EEXIST` then.
    static func renameExclusively(_ name: String, to newName: String, in folder: Int32) -> Int32 {
        #if canImport(Darwin)
            let result = renameatx_np(folder, name, folder, newName, UInt32(RENAME_EXCL))
        #else
            errno = ENOSYS
            let result = renameAt2?(folder, name, folder, newName, 1) ?? -1
        #endif
        guard result == -1, [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP].contains(errno) else { return result }
        // The file system can't. A second name replaces nothing either.
        if linkat(folder, name, folder, newName, 0) == 0 { return unlinkat(folder, name, 0) }
        guard errno != EEXIST else { return -1 }
        // It has no second names either. Between the two calls, another process may create a file, which is replaced.
        var status = stat()
        if fstatat(folder, newName, &status, AT_SYMLINK_NOFOLLOW) == 0 {
            errno = EEXIST
            return -1
        }
        return renameat(folder, name, folder, newName)
    }
}
