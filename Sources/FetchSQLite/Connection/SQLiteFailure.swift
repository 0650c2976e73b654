import FetchJobs

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A failed call of SQLite, as an error of the store.
struct SQLiteFailure {
    /// The extended result code.
    let code: Int32
    /// The library's message. It may quote a statement, and quotes no value.
    let message: String
    /// The `errno` of the system call that failed; zero if none has.
    let errorNumber: Int32
    /// The path of the database.
    let path: String

    private static let freeSpace = "Free space on the disk. The store goes on by itself."

    /// The error to throw.
    var error: JobStoreError {
        switch code & 0xFF {
        case 5, 6:
            JobStoreError(
                .unavailable,
                "another connection keeps the database “\(path)” locked",
                remedy: "End transactions that other programs have left open."
            )
        case 13: JobStoreError(.full, "the disk of the database “\(path)” is full", remedy: Self.freeSpace)
        case 10: inputOutputError
        case 8: readOnlyError
        case 14: openError
        case 11: JobStoreError(.unusable, "the database “\(path)” is damaged", remedy: "Restore it from a backup.")
        case 26:
            JobStoreError(
                .unusable,
                "the file “\(path)” isn't an SQLite database",
                remedy: "Pass the path of a new file, or of a database of this store."
            )
        case 7, 9: JobStoreError(.unavailable, "the database “\(path)” couldn't be used: \(message)")
        default: JobStoreError(.unusable, "a statement failed in the database “\(path)”: \(message)")
        }
    }

    private var inputOutputError: JobStoreError {
        if [ENOSPC, EDQUOT, EFBIG].contains(errorNumber) {
            return JobStoreError(.full, "the disk of the database “\(path)” is full", remedy: Self.freeSpace)
        }
        let reason = errorNumber == 0 ? message : String(cString: strerror(errorNumber))
        return JobStoreError(
            .unavailable,
            "the file of the database “\(path)” can't be read or written: \(reason) (\(code))",
            remedy: "Check the disk: its space, and limits of the sizes of files."
        )
    }

    private var readOnlyError: JobStoreError {
        // SQLITE_READONLY_DBMOVED
        if code == 1_032 {
            return JobStoreError(
                .unusable,
                "the file of the database “\(path)” was moved or removed while it was open",
                remedy: "Restart the process."
            )
        }
        return JobStoreError(
            .unusable,
            "the database “\(path)” can't be written",
            remedy: "Let the process write the file and its folder."
        )
    }

    private var openError: JobStoreError {
        if [EMFILE, ENFILE, ENOMEM].contains(errorNumber) {
            let reason = String(cString: strerror(errorNumber))
            return JobStoreError(.unavailable, "the database “\(path)” can't be opened: \(reason)")
        }
        return JobStoreError(
            .unusable,
            "the database “\(path)” can't be opened",
            remedy: "Pass a path in a folder that exists, and that the process can read and write."
        )
    }
}
