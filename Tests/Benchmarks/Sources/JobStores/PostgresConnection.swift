import Foundation

/// A connection to PostgreSQL for statements beside a store: the figures of the server, and the comparison.
///
/// It loads libpq at run time, and isn't for use from several threads.
package final class PostgresConnection {
    /// An error of the server or of libpq.
    package struct Failure: Error, CustomStringConvertible {
        package let description: String

        package init(_ description: String) { self.description = description }
    }

    private typealias Handle = OpaquePointer
    private typealias Connect = @convention(c) (UnsafePointer<CChar>) -> Handle?
    private typealias Execute =
        @convention(c) (
            Handle, UnsafePointer<CChar>, Int32, UnsafePointer<UInt32>?, UnsafePointer<UnsafePointer<CChar>?>?,
            UnsafePointer<Int32>?, UnsafePointer<Int32>?, Int32
        ) -> Handle?
    private typealias Number = @convention(c) (Handle) -> Int32
    private typealias Value = @convention(c) (Handle, Int32, Int32) -> UnsafePointer<CChar>?
    private typealias Text = @convention(c) (Handle) -> UnsafePointer<CChar>?
    private typealias Release = @convention(c) (Handle) -> Void

    private let connection: Handle
    private let execute: Execute
    private let resultStatus: Number
    private let rowCount: Number
    private let columnCount: Number
    private let value: Value
    private let errorMessage: Text
    private let clear: Release
    private let finish: Release

    /// Connects to a database.
    ///
    /// - Throws: ``Failure``, without the URL.
    package init(_ url: String) throws {
        guard let library = dlopen("libpq.so.5", RTLD_NOW) ?? dlopen("libpq.dylib", RTLD_NOW) else {
            throw Failure("libpq isn't installed")
        }
        func function<Function>(_ name: String, as type: Function.Type) throws -> Function {
            guard let symbol = dlsym(library, name) else { throw Failure("libpq has no \(name)") }
            return unsafeBitCast(symbol, to: type)
        }
        execute = try function("PQexecParams", as: Execute.self)
        resultStatus = try function("PQresultStatus", as: Number.self)
        rowCount = try function("PQntuples", as: Number.self)
        columnCount = try function("PQnfields", as: Number.self)
        value = try function("PQgetvalue", as: Value.self)
        errorMessage = try function("PQerrorMessage", as: Text.self)
        clear = try function("PQclear", as: Release.self)
        finish = try function("PQfinish", as: Release.self)
        let status = try function("PQstatus", as: Number.self)
        guard let connection = try function("PQconnectdb", as: Connect.self)(url), status(connection) == 0 else {
            throw Failure("the database can't be reached")
        }
        self.connection = connection
    }

    deinit { finish(connection) }

    /// Executes a statement, and returns the rows as text.
    ///
    /// - Throws: ``Failure``.
    @discardableResult
    package func query(_ statement: String, _ parameters: [String] = []) throws -> [[String]] {
        let copies = parameters.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        let pointers = copies.map { $0.map { UnsafePointer($0) } }
        guard
            let result = pointers.withUnsafeBufferPointer({ values in
                execute(connection, statement, Int32(values.count), nil, values.baseAddress, nil, nil, 0)
            })
        else { throw failure }
        defer { clear(result) }
        // 1 is a command without rows, 2 one with rows.
        guard [1, 2].contains(resultStatus(result)) else { throw failure }
        return (0..<rowCount(result)).map { row in
            (0..<columnCount(result)).map { column in value(result, row, column).map { String(cString: $0) } ?? "" }
        }
    }

    private var failure: Failure {
        Failure(errorMessage(connection).map { String(cString: $0) } ?? "the statement failed")
    }
}
