import Synchronization

/// A value of a module above the core that all copies and accounts of a client share.
package final class SharedValue: Sendable {
    private let value = Mutex<(any Sendable)?>(nil)

    /// Returns the value.
    ///
    /// - Parameter create: Creates it on first use. It must not use the shared value itself.
    /// - Returns: The value that was created first.
    package func value<Value: Sendable>(_ create: () -> Value) -> Value {
        value.withLock { value in
            if let known = value as? Value { return known }
            let new = create()
            value = new
            return new
        }
    }
}
