/// An error that is thrown when a system library can't be loaded or lacks a function.
package enum SystemLibraryError: Error, Sendable, Hashable {
    /// None of the files can be loaded. The reason is the dynamic loader's message for the last one.
    case libraryNotFound(names: [String], reason: String)
    /// The library has no such symbol. It is probably too old.
    case symbolNotFound(String, library: String)
}
