/// What an input did that none may do.
package struct Violation: Error, Sendable, CustomStringConvertible {
    /// What it did.
    package let description: String

    /// Creates a violation.
    package init(_ description: String) { self.description = description }

    /// Throws unless something holds.
    static func unless(_ holds: Bool, _ description: @autoclosure () -> String) throws {
        if !holds { throw Violation(description()) }
    }
}
