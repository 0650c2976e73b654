/// A numbered change of the tables of a store. Changes are applied in the order of their numbers, each in a transaction
/// under a lock, and never changed once they are released.
public struct SchemaChange: Sendable, Hashable {
    /// The number, from 1 without gaps. The version of a schema is the number of its last change.
    public let number: Int

    /// The effect of the change in a few words.
    public let summary: String

    /// The statements, in order.
    public let statements: [String]

    /// Creates a change.
    ///
    /// - Parameters:
    ///   - number: The number.
    ///   - summary: The effect in a few words.
    ///   - statements: The statements, in order.
    public init(_ number: Int, _ summary: String, _ statements: [String]) {
        self.number = number
        self.summary = summary
        self.statements = statements
    }
}
