import FetchCore
import ModelsLab
import Testing

@Suite("IDs, durations and metadata of a response") struct IDAndTimeTests {
    @Test(
        arguments: [
            ("12202888", "12202888"), ("9223372036854775807", "9223372036854775807"),
            ("9007199254740993", "9007199254740993"), ("-1", "-1"), ("0", "0"),
            (#""12202888""#, "12202888"), (#""007""#, "007"),
            (#""6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30""#, "6351a2b3-82ce-4d27-8c3d-2f7fa1e19e30"),
            ("null", nil), (#""""#, nil), ("[]", nil), ("true", nil), ("18446744073709551615", nil), ("1.5", nil),
        ] as [(String, String?)]
    )
    func `an id of any type becomes a string or nil`(json: String, id: String?) async throws {
        let picture = try await Interior.picture(#"{"status":"success","id":\#(json)}"#)
        #expect(picture.id == id)
        #expect(picture.fields["id"] != nil)
    }

    @Test func `a missing id is nil`() async throws {
        #expect(try await Interior.picture(#"{"status":"success"}"#).id == nil)
    }

    @Test(
        arguments: [
            ("3", Duration.seconds(3)), ("3.75", .seconds(3.75)), (#""2.6""#, .seconds(2.6)), ("0", .zero),
            ("-4", .zero),
            ("1e300", nil), (#""1e308""#, nil), (#""inf""#, nil), (#""fast""#, nil), (#""""#, nil), ("null", nil),
            ("{}", nil),
            (#""nan""#, nil), ("false", nil),
        ] as [(String, Duration?)]
    )
    func `a generation time of any type and size becomes a duration or nil`(json: String, time: Duration?) async throws
    {
        let picture = try await Interior.picture(#"{"status":"success","generationTime":\#(json)}"#)
        #expect(picture.generationTime == time)
    }

    @Test(arguments: ["null", #""""#, "[]", "7", #""none""#])
    func `metadata that is not an object is nil`(json: String) async throws {
        #expect(try await Interior.picture(#"{"status":"success","meta":\#(json)}"#).meta == nil)
    }
}
