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

    package init(call: String) {
        self.call = call
        reason = String(cString: strerror(errno))
    }

    package var description: String { "\(call): \(reason)" }

    @discardableResult
    static func check(_ call: String, _ result: Int32) throws -> Int32 {
        guard result >= 0 else { throw Self(call: call) }
        return result
    }
}
