import FetchCore
import SystemLibrary

#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

extension FetchError {
    /// Returns the error for a failed system call on a file.
    ///
    /// - Parameters:
    ///   - number: The call's `errno`.
    ///   - action: The action that failed, as in "can't be *created*".
    ///   - name: The name of the file; `nil` for the folder itself.
    ///   - folder: The path of the folder.
    /// - Returns: An error whose code depends on the number.
    static func file(_ number: Int32, _ action: String, _ name: String?, in folder: String) -> Self {
        let place = Excerpt(folder, maxLength: 200)
        let subject = name.map { "\(Excerpt($0, maxLength: 200)) in \(place)" } ?? "\(place)"
        let reason = SystemFailure(call: action, number: number).reason
        let message = "\(subject) can't be \(action): \(reason)"
        switch number {
        case ENOSPC, EDQUOT:
            return Self(.storageFull, message, remedy: "Free some space, or save to another volume.")
        case EEXIST: return Self(.fileExists, message, remedy: fileExistsRemedy)
        case EACCES, EPERM, EROFS:
            return Self(.fileNotWritten, message, remedy: "Check the permissions of the folder and of its volume.")
        case ENOENT, ENOTDIR: return Self(.fileNotWritten, message, remedy: "Create the folder first.")
        // Other files may be closed in a moment.
        case EMFILE, ENFILE, EAGAIN, ENOMEM: return Self(.fileNotWritten, message, isRetryable: true)
        default: return Self(.fileNotWritten, message)
        }
    }

    /// Returns the error for a target that exists and isn't replaced.
    static func fileExists(_ name: PlainFileName, as kind: FileStatus.Kind?, in folder: String) -> Self {
        let description =
            switch kind {
            case .folder: "a folder"
            case .link: "a symbolic link"
            case .other: "neither a file nor a folder"
            case .file, nil: "a file"
            }
        return Self(
            .fileExists,
            "\(Excerpt(name.text, maxLength: 200)) exists already in \(Excerpt(folder, maxLength: 200)), as \(description)",
            remedy: fileExistsRemedy
        )
    }

    /// Returns the error for a file that is larger than a limit in bytes.
    static func tooLarge(_ name: PlainFileName, limit: Int64) -> Self {
        Self(
            .responseTooLarge,
            "\(Excerpt(name.text, maxLength: 200)) is larger than the limit of \(limit) bytes",
            remedy: "Raise maximumBytes of Downloads.Configuration if such files are expected."
        )
    }

    private static let fileExistsRemedy = "Choose another name or folder, or another rule for existing files."
}
