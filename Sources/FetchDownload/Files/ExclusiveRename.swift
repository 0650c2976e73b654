import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// The ways to rename a file without replacing another, the best first.
package enum ExclusiveRename: Sendable, CaseIterable {
    /// A call that renames unless the new name exists.
    case call
    /// A second name, and then the removal of the first. A process that ends in between leaves both.
    case secondName
    /// A look at the new name, and then a call that would replace it. A file that another process creates in between is
    /// replaced. It is the way for file systems that have neither of the others, such as FAT.
    case lookup

    /// Renames a file in the first way that the file system has.
    ///
    /// - Returns: Zero, or the `errno`, which is `EEXIST` if the new name exists, whatever has it.
    static func rename(_ name: String, to newName: String, in folder: Folder) -> Int32 {
        for way in allCases {
            let number = way.rename(name, to: newName, in: folder)
            guard unsupported.contains(number), way != .lookup else { return number }
        }
        return ENOTSUP
    }

    /// The errors of file systems that don't have a way. `EPERM` is that of `link`.
    private static let unsupported: Set = [EINVAL, ENOSYS, ENOTSUP, EOPNOTSUPP, EPERM, EMLINK]

    /// Renames a file in this way, and returns zero or the `errno`.
    package func rename(_ name: String, to newName: String, in folder: Folder) -> Int32 {
        let descriptor = folder.descriptor
        switch self {
        case .call: return Self.renameUnlessPresent(name, newName, descriptor)
        case .secondName:
            guard linkat(descriptor, name, descriptor, newName, 0) == 0 else { return errno }
            return unlinkat(descriptor, name, 0) == 0 ? 0 : errno
        case .lookup:
            var status = stat()
            if fstatat(descriptor, newName, &status, AT_SYMLINK_NOFOLLOW) == 0 { return EEXIST }
            return renameat(descriptor, name, descriptor, newName) == 0 ? 0 : errno
        }
    }

    #if canImport(Darwin)
        private static func renameUnlessPresent(_ name: String, _ newName: String, _ folder: Int32) -> Int32 {
            renameatx_np(folder, name, folder, newName, UInt32(RENAME_EXCL)) == 0 ? 0 : errno
        }
    #else
        private static func renameUnlessPresent(_ name: String, _ newName: String, _ folder: Int32) -> Int32 {
            guard let renameAt2 else { return ENOSYS }
            // 1 is `RENAME_NOREPLACE`.
            return renameAt2(folder, name, folder, newName, 1) == 0 ? 0 : errno
        }

        /// `renameat2`, which the modules of the C libraries don't declare, and which musl hasn't always had.
        private static let renameAt2 = try? SystemLibrary(["libc.so.6"])
            .symbol("renameat2", as: RenameAt2.self)

        private typealias RenameAt2 =
            @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    #endif
}
