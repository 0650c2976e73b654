package import FetchCore

/// A column of the fault matrix: a transport under test.
package struct TestedTransport: Sendable, CustomStringConvertible {
    /// The name for which rows can state different expectations.
    package enum Name: String, Sendable {
        case urlSession, curl, asyncHTTPClient
    }

    package let name: Name
    private let make: @Sendable () throws -> any FetchTransport

    /// Creates a column.
    ///
    /// - Parameters:
    ///   - name: The column's name.
    ///   - make: Creates a transport with its own connections, which it closes when it is released.
    package init(_ name: Name, _ make: @escaping @Sendable () throws -> any FetchTransport) {
        self.name = name
        self.make = make
    }

    package var description: String { name.rawValue }

    func transport() throws -> any FetchTransport { try make() }
}
