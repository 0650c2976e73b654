/// The reason why a system library can't be used.
package enum SystemLibraryError: Error, Sendable, Hashable {
    /// None of the names can be loaded.
    case libraryNotFound(names: [String])
    /// The library lacks a function, as an older version does.
    case symbolNotFound(String, library: String)
}
