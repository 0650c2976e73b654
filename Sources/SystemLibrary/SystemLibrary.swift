#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A library of the operating system that is loaded while the process runs, and so needs no header and no package to build.
///
/// It stays loaded until the process ends: functions that were found in it remain valid.
package struct SystemLibrary: Sendable {
    /// The name under which the library was found.
    package let name: String
    private let handle: UInt

    /// Loads the first library that can be loaded.
    ///
    /// - Parameter names: Names as the dynamic loader takes them, such as `libcurl.so.4`, in the order of preference.
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
    ///   - type: A `@convention(c)` function type, or `UnsafeMutableRawPointer` for a function that Swift can't call. It has to
    ///     agree with the library's declaration, which nothing checks.
    /// - Throws: ``SystemLibraryError`` if the library has no such symbol.
    package func symbol<Function>(_ name: String, as type: Function.Type) throws(SystemLibraryError) -> Function {
        guard let address = dlsym(UnsafeMutableRawPointer(bitPattern: handle), name) else {
            throw .symbolNotFound(name, library: self.name)
        }
        return unsafeBitCast(address, to: type)
    }
}
