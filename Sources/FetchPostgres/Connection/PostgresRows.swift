#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchJobs

/// The rows of one statement, in libpq's memory until they are released.
final class PostgresRows {
    private let functions: PostgresFunctions
    private let result: OpaquePointer
    let count: Int

    /// Takes ownership of a result of libpq.
    init(_ result: OpaquePointer, _ functions: PostgresFunctions) {
        self.result = result
        self.functions = functions
        count = Int(functions.rowCount(result))
    }

    deinit { functions.clear(result) }

    /// The indices of the rows.
    var indices: Range<Int> { 0..<count }

    func text(_ row: Int, _ column: Int) -> String? {
        guard functions.isNull(result, Int32(row), Int32(column)) == 0 else { return nil }
        guard let value = functions.value(result, Int32(row), Int32(column)) else { return nil }
        let length = Int(functions.length(result, Int32(row), Int32(column)))
        return value.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
            String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
        }
    }

    func number(_ row: Int, _ column: Int) -> Int64? { text(row, column).flatMap { Int64($0) } }

    func real(_ row: Int, _ column: Int) -> Double? { text(row, column).flatMap { Double($0) } }

    func flag(_ row: Int, _ column: Int) -> Bool { text(row, column) == "t" }

    /// A date that the statement has returned as microseconds since 1970.
    func date(_ row: Int, _ column: Int) -> Date? {
        number(row, column).map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
    }

    /// The rows as values of SQL.
    func values() -> [[SQLValue]] {
        let types = (0..<functions.columnCount(result)).map { functions.columnType(result, $0) }
        return indices.map { row in types.indices.map { value(row, $0, type: types[$0]) } }
    }

    private func value(_ row: Int, _ column: Int, type: UInt32) -> SQLValue {
        guard let text = text(row, column) else { return .null }
        // The numbers of types in pg_type.dat.
        switch type {
        case 16: return .integer(text == "t" ? 1 : 0)
        case 20, 21, 23, 26: return Int64(text).map { .integer($0) } ?? .text(text)
        case 700, 701: return Double(text).map { .real($0) } ?? .text(text)
        case 17: return Self.bytes(ofHexadecimal: text).map { .blob($0) } ?? .text(text)
        default: return .text(text)
        }
    }

    private static func bytes(ofHexadecimal text: String) -> [UInt8]? {
        guard text.hasPrefix("\\x") else { return nil }
        let digits = text.utf8.dropFirst(2).map { UInt8($0 < 58 ? $0 - 48 : $0 - 87) }
        return stride(from: 0, to: digits.count - 1, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
