extension JSONValue {
    /// The bytes of a value besides those of its strings, approximately.
    private static let overhead = 16

    /// Returns the memory that the value takes, approximately.
    ///
    /// - Parameter limit: The number of bytes at which counting stops. Defaults to none.
    /// - Returns: A number of bytes, which is at least the limit if the value takes more.
    func byteCount(upTo limit: Int = .max) -> Int {
        switch self {
        case .null, .bool, .integer, .number: return Self.overhead
        case .string(let text): return Self.overhead + text.utf8.count
        case .array(let elements):
            var count = Self.overhead
            for element in elements {
                guard count < limit else { break }
                count += element.byteCount(upTo: limit - count)
            }
            return count
        case .object(let members):
            var count = Self.overhead
            for (name, value) in members {
                guard count < limit else { break }
                count += Self.overhead + name.utf8.count
                count += value.byteCount(upTo: limit - count)
            }
            return count
        }
    }
}
