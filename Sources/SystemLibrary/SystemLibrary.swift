#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A shared library that is loaded at run time, so that building needs neither its header nor its development package.
///
/// It stays loaded until the process ends, so its functions remain valid.
package struct SystemLibrary: Sendable {
    /// The file name under which the library was loaded.
    package let name: String
    private let handle: UInt

    /// Loads the first library that can be loaded.
    ///
    /// - Parameter names: The file names to try, in order of preference, as passed to `dlopen`, such as `libcurl.so.4`.
    /// - Throws: ``SystemLibraryError`` if none of them can be loaded.
    package init(_ names: [String]) throws(SystemLibraryError) {
        for name in names {
            guard let handle = dlopen(name, RTLD_NOW | RTLD_LOCAL) else { continue }
            self.name = name
            self.handle = UInt(bitPattern: handle)
            return
        }
        throw .libraryNotFound(names: names, reason: dlerror().map { String(cString: $0) } ?? "no reason given")
    }

    /// Returns the address of a function as a Swift function or pointer.
    ///
    /// - Parameters:
    ///   - name: The symbol's name.
    ///   - type: A `@convention(c)` function type, or `UnsafeMutableRawPointer` for a function that Swift can't call.
    ///     It must match the library's declaration, which isn't checked.
    /// - Returns: The function or pointer, valid until the process ends.
    /// - Throws: ``SystemLibraryError`` if the library has no such symbol.
    package func symbol<Function>(_ name: String, as type: Function.Type) throws(SystemLibraryError) -> Function {
        guard let address = dlsym(UnsafeMutableRawPointer(bitPattern: handle), name) else {
            throw .symbolNotFound(name, library: self.name)
        }
        return unsafeBitCast(address, to: type)
    }
}
