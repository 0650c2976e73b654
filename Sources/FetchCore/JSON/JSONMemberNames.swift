/// The form in which a response writes the names of a Swift type's properties.
public enum JSONMemberNames: Sendable, Hashable {
    /// The names of the properties, or of the type's coding keys.
    case exact

    /// Snake case: the member `task_status` is the property `taskStatus`, as with `convertFromSnakeCase` of a
    /// `JSONDecoder`.
    case snakeCase
}
