/// A request method, such as `GET` or `POST`.
public struct RequestMethod: Sendable, Hashable, CustomStringConvertible {
    /// The method in capitals.
    public let description: String

    /// Creates a method that has no constant here.
    public init(_ name: String) { description = name.uppercased() }

    /// Asks without a body.
    public static let get = Self("GET")
    /// Asks with a body.
    public static let post = Self("POST")
}
