import Synchronization

/// A pool of idle connections. With `leaks`, it never closes them.
final class ReferencePool: Sendable {
    private let leaks: Bool
    private let idle = Mutex<[(port: UInt16, connection: ReferenceConnection)]>([])

    init(leaks: Bool) { self.leaks = leaks }

    deinit {
        guard leaks else { return }
        for entry in idle.withLock({ $0 }) { _ = Unmanaged.passRetained(entry.connection) }
    }

    func insert(_ connection: ReferenceConnection, _ port: UInt16) { idle.withLock { $0.append((port, connection)) } }

    /// Removes and returns an idle connection, checked unless `trusting` is true. Returns `nil` if there is none.
    func take(_ port: UInt16, trusting: Bool) -> ReferenceConnection? {
        idle.withLock { idle in
            while let index = idle.lastIndex(where: { $0.port == port }) {
                let connection = idle.remove(at: index).connection
                if trusting || !connection.unreadBytes.isEmpty || !connection.isReadable { return connection }
            }
            return nil
        }
    }
}
