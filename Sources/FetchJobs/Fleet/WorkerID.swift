/// The number of a worker, a fencing token: a store never uses it again, and checks it in each write of the worker.
///
/// A worker that a store has declared dead stays dead. The same process goes on as a new worker.
public struct WorkerID: RawRepresentable, Sendable, Hashable, Codable {
    /// The number, greater than zero. A later worker has a greater one.
    public let rawValue: Int64

    /// Creates an id from the number that a store has given to a worker.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

extension WorkerID: Comparable {
    /// Returns true if the first worker was registered before the second.
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

extension WorkerID: CustomStringConvertible {
    /// The number in decimal digits.
    public var description: String { String(rawValue) }
}
