import FaultMatrix
import Testing

@Suite("Tables of the fault matrix")
struct MatrixSizeTests {
    private static let tables: [(name: String, rows: [FaultCase])] = [
        ("ConnectionFaults", ConnectionFaults.rows), ("BrokenResponses", BrokenResponses.rows),
        ("TruncatedHeads", TruncatedHeads.rows), ("InvalidHTTP", InvalidHTTP.rows),
        ("UnusualBodies", UnusualBodies.rows),
        ("TrailersAndLengths", TrailersAndLengths.rows), ("Statuses", Statuses.rows),
        ("HeaderFaults", HeaderFaults.rows),
    ]

    @Test func `each table has the documented number of rows`() {
        let counts = Self.tables.map { "\($0.name) \($0.rows.count)" }
        #expect(
            counts == [
                "ConnectionFaults 14", "BrokenResponses 31", "TruncatedHeads 81", "InvalidHTTP 42", "UnusualBodies 44",
                "TrailersAndLengths 13",
                "Statuses 222", "HeaderFaults 103",
            ]
        )
    }

    @Test(arguments: tables.map(\.name))
    func `row names are unique within a table`(table: String) {
        let names = Self.tables.first { $0.name == table }?.rows.map(\.name) ?? []
        #expect(Set(names).count == names.count)
    }
}
