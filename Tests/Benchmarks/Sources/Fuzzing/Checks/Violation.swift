/// An error that is thrown when an input violates an invariant.
package struct Violation: Error, Sendable, CustomStringConvertible {
    /// The description of the invariant or of the observed behaviour.
    package let description: String

    package init(_ description: String) { self.description = description }

    /// Throws a violation if the condition is false.
    static func unless(_ condition: Bool, _ description: @autoclosure () -> String) throws {
        if !condition { throw Violation(description()) }
    }
}
