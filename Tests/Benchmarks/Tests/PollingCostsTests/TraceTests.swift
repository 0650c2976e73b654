import PollingCosts
import Testing

@Suite("Traces")
struct TraceTests {
    @Test func `heading, ETAs and the last line end are optional`() throws {
        let jobs = [TracedJob(duration: 1.5, eta: 20), TracedJob(duration: 2)]
        for text in ["duration_s,eta_s\n1.5,20.0\n2,\n", "1.5,20\n2,", "duration_s,eta_s\r\n1.5, 20\r\n2,\r\n\r\n"] {
            #expect(try Trace(name: "t", text: text).jobs == jobs)
        }
    }

    @Test(arguments: [
        "", "\n", "duration_s,eta_s\n", "1.5\n", "1,2,3\n", "nan,\n", "inf,\n", "-1,\n", "1,nan\n", "1e300,\n", ",5\n",
        "one,\n", "1,\nduration_s,eta_s\n", "3000000,\n",
    ])
    func `an invalid trace is refused with an error of one line`(text: String) throws {
        let error = try #require(#expect(throws: TraceError.self) { try Trace(name: "t", text: text) })
        #expect(!error.description.contains("\n"))
        #expect(error.description.hasPrefix("t: "))
    }

    @Test func `a missing file is refused`() {
        #expect(throws: TraceError.self) { try Trace(file: "/nowhere/at/all.csv") }
    }
}
