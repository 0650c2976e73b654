import FetchJobs

/// A prepared statement. It isn't thread-safe.
final class SQLiteStatement {
    private let functions: SQLiteFunctions
    private let handle: OpaquePointer

    /// Takes a statement, which is finalized with this object.
    init(_ handle: OpaquePointer, _ functions: SQLiteFunctions) {
        self.handle = handle
        self.functions = functions
    }

    deinit { _ = functions.finalize(handle) }

    /// The number of parameters: the greatest number of `?1`, `?2` and so on.
    var parameterCount: Int { Int(functions.parameterCount(handle)) }

    /// Returns the index of a parameter such as `$1`; zero if the statement has none of this name.
    func index(of parameter: String) -> Int32 { parameter.withCString { functions.parameterIndex(handle, $0) } }

    /// Binds a value to a parameter, and returns the result code.
    func bind(_ value: SQLValue, at index: Int32) -> Int32 {
        switch value {
        case .null: functions.bindNull(handle, index)
        case .integer(let number): functions.bindInteger(handle, index, number)
        case .real(let number): functions.bindReal(handle, index, number)
        case .text(var text):
            text.withUTF8 { bytes in bind(UnsafeRawBufferPointer(bytes), at: index, functions.bindText) }
        case .blob(let bytes): bytes.withUnsafeBytes { bind($0, at: index, functions.bindBlob) }
        }
    }

    /// Binds bytes. Without an address, the library would bind `NULL`.
    private func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32, _ call: SQLiteFunctions.BindBytes) -> Int32 {
        guard let address = bytes.baseAddress, !bytes.isEmpty else {
            return withUnsafeBytes(of: 0 as UInt8) { call(handle, index, $0.baseAddress, 0, SQLiteCode.transient) }
        }
        return call(handle, index, address, Int32(clamping: bytes.count), SQLiteCode.transient)
    }

    /// Goes on to the next row, and returns the result code.
    func step() -> Int32 { functions.step(handle) }

    /// Makes the statement ready for its next execution.
    func reset() {
        _ = functions.reset(handle)
        _ = functions.clearBindings(handle)
    }
}

// The current row.
extension SQLiteStatement {
    var columnCount: Int { Int(functions.columnCount(handle)) }

    func integer(_ column: Int32) -> Int64 { functions.columnInteger(handle, column) }

    func optionalInteger(_ column: Int32) -> Int64? {
        functions.columnType(handle, column) == SQLiteCode.integer ? integer(column) : nil
    }

    func optionalReal(_ column: Int32) -> Double? {
        functions.columnType(handle, column) == SQLiteCode.real ? functions.columnReal(handle, column) : nil
    }

    /// The text of a column in UTF-8, whatever the encoding of the database is.
    func text(_ column: Int32) -> String {
        let start = functions.columnText(handle, column)
        let count = Int(functions.columnBytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: start == nil ? 0 : count), as: UTF8.self)
    }

    /// The text of a column; `nil` for `NULL`, and for the empty bytes that stand for no tenant and no account.
    func optionalText(_ column: Int32) -> String? {
        functions.columnType(handle, column) == SQLiteCode.text ? text(column) : nil
    }

    func value(_ column: Int32) -> SQLValue {
        switch functions.columnType(handle, column) {
        case SQLiteCode.integer: .integer(integer(column))
        case SQLiteCode.real: .real(functions.columnReal(handle, column))
        case SQLiteCode.text: .text(text(column))
        case SQLiteCode.blob: .blob(blob(column))
        default: .null
        }
    }

    private func blob(_ column: Int32) -> [UInt8] {
        let start = functions.columnBlob(handle, column)
        let count = start == nil ? 0 : Int(functions.columnBytes(handle, column))
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
