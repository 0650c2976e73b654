package import FetchCore

/// A transport that the matrix runs over.
package struct TestedTransport: Sendable, CustomStringConvertible {
    /// A column of the matrix.
    package enum Name: String, Sendable {
        case urlSession, curl, asyncHTTPClient
    }

    package let name: Name
    private let make: @Sendable () throws -> any FetchTransport

    /// Creates a column.
    ///
    /// - Parameter make: Creates a transport with connections of its own, which it closes when it is released.
    package init(_ name: Name, _ make: @escaping @Sendable () throws -> any FetchTransport) {
        self.name = name
        self.make = make
    }

    package var description: String { name.rawValue }

    func transport() throws -> any FetchTransport { try make() }
}
