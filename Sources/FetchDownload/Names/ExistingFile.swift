/// The action if the target of a download exists already.
///
/// Only regular files count as the same or are replaced. A folder, a link or a device of that name is an error, except
/// with ``number``.
public enum ExistingFile: Sendable, Hashable {
    /// Throws `FetchError` with the code `fileExists`.
    case fail
    /// Saves under the first free name with a number: `face-2.mp4`, `face-3.mp4` and so on.
    case number
    /// Replaces the file, at once and only by a whole one.
    case replace
    /// Keeps the file if it has the same bytes, and throws `FetchError` with the code `fileExists` otherwise. A
    /// download can then be repeated without harm.
    case keepIfSame
}
