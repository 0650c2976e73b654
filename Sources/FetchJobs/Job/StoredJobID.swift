/// The number that a store gives to a job when it is added. A store never uses a number again.
///
/// It is also the id of the job's outcome and of its delivery.
public struct StoredJobID: RawRepresentable, Sendable, Hashable, Codable {
    /// The number, greater than zero.
    public let rawValue: Int64

    /// Creates an id from the number that a store has given to a job.
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

extension StoredJobID: Comparable {
    /// Returns true if the first job was added to the store before the second, or at the same time.
    public static func < (one: Self, other: Self) -> Bool { one.rawValue < other.rawValue }
}

extension StoredJobID: CustomStringConvertible {
    /// The number in decimal digits.
    public var description: String { String(rawValue) }
}
