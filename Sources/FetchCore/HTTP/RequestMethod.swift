/// An HTTP request method, such as `GET` or `POST`.
public struct RequestMethod: Sendable, Hashable, CustomStringConvertible {
    /// The name of the method in uppercase.
    public let description: String

    /// Creates a method from its name, which is converted to uppercase.
    ///
    /// - Parameter name: A method such as `PUT`.
    public init(_ name: String) { description = name.uppercased() }

    /// The method `GET`.
    public static let get = Self("GET")
    /// The method `POST`.
    public static let post = Self("POST")
}
