/// Arrays of strings as C has them.
enum CStrings {
    /// Calls a function with the addresses of strings, which end with a null pointer.
    ///
    /// - Parameters:
    ///   - strings: The strings. `nil` becomes a null pointer.
    ///   - body: The function. The addresses are valid until it returns.
    /// - Returns: What the function returns.
    static func withPointers<Result>(
        _ strings: [String?],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        let copies = strings.map { string in
            string.map { string in
                let bytes = Array(string.utf8CString)
                let copy = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
                copy.initialize(from: bytes, count: bytes.count)
                return copy
            }
        }
        defer { for copy in copies { copy?.deallocate() } }
        let pointers: [UnsafePointer<CChar>?] = copies.map { UnsafePointer($0) } + [nil]
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
