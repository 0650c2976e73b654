#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// A failed system call with the description of its `errno`.
package struct SystemFailure: Error, CustomStringConvertible {
    package let call: String
    package let reason: String

    /// Creates a failure from an error number, which defaults to that of the last call in this thread.
    package init(call: String, number: Int32 = errno) {
        self.call = call
        reason = String(cString: strerror(number))
    }

    package var description: String { "\(call): \(reason)" }

    @discardableResult
    package static func check(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw Self(call: call) }
        return result
    }
}
