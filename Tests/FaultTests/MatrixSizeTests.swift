import FaultMatrix
import Testing

@Suite("The matrix of faults")
struct MatrixSizeTests {
    private static let tables: [(name: String, rows: [FaultCase])] = [
        ("ConnectionFaults", ConnectionFaults.rows), ("BrokenAnswers", BrokenAnswers.rows),
        ("BrokenHeads", BrokenHeads.rows), ("NotHTTP", NotHTTP.rows), ("OddBodies", OddBodies.rows),
        ("Extremes", Extremes.rows), ("Statuses", Statuses.rows), ("HeaderFaults", HeaderFaults.rows),
    ]

    @Test func `has as many rows as its page says`() {
        let counts = Self.tables.map { "\($0.name) \($0.rows.count)" }
        #expect(
            counts == [
                "ConnectionFaults 14", "BrokenAnswers 31", "BrokenHeads 81", "NotHTTP 42", "OddBodies 44",
                "Extremes 13",
                "Statuses 222", "HeaderFaults 100",
            ]
        )
    }

    @Test(arguments: tables.map(\.name))
    func `has no row twice`(table: String) {
        let names = Self.tables.first { $0.name == table }?.rows.map(\.name) ?? []
        #expect(Set(names).count == names.count)
    }
}
