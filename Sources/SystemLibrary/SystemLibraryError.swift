/// The reason why a system library can't be used.
package enum SystemLibraryError: Error, Sendable, Hashable {
    /// None of the names can be loaded. The reason is the loader's, for the last one.
    case libraryNotFound(names: [String], reason: String)
    /// The library lacks a function, as an older version does.
    case symbolNotFound(String, library: String)
}
