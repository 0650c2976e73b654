import FetchJobs
import Testing

@Suite("Values of SQL statements") struct SQLValueTests {
    @Test func `an optional string is itself or NULL`() {
        let strings: [String?] = ["a", "", nil]
        #expect(strings.map { SQLValue($0) } == [.text("a"), .text(""), .null])
    }

    @Test func `an optional whole number is itself or NULL`() {
        let numbers: [Int64?] = [.min, 0, nil]
        #expect(numbers.map { SQLValue($0) } == [.integer(.min), .integer(0), .null])
        let counts: [Int?] = [7, nil]
        #expect(counts.map { SQLValue($0) } == [.integer(7), .null])
    }

    @Test func `an optional number of double precision is itself or NULL`() {
        let numbers: [Double?] = [1.5, nil]
        #expect(numbers.map { SQLValue($0) } == [.real(1.5), .null])
    }

    @Test func `values that aren't optional need no conversion`() {
        let count = 7
        #expect(SQLValue(count) == 7)
        #expect(SQLValue("a") == "a")
        #expect(SQLValue(2) == .integer(2))
        #expect(SQLValue(2.5) == .real(2.5))
    }
}
