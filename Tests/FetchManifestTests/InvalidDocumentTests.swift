import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Errors of invalid documents", .serialized) struct InvalidDocumentTests {
    @Test(arguments: [
        ("", "line 1, column 1", "a value is missing"),
        ("  \n ", "line 2, column 2", "a value is missing"),
        ("not JSON", "line 1, column 1", "“not” is not a JSON value"),
        ("{", "line 1, column 2", "a member name"),
        ("{\"manifest\": 1,}", "line 1, column 16", "a member name"),
        ("{\"manifest\" 1}", "line 1, column 13", "a colon"),
        ("{\n  \"manifest\": 1\n  \"name\": 2\n}", "line 3, column 3", "a comma or the closing brace"),
        ("[1 2]", "line 1, column 4", "a comma or the closing bracket"),
        ("{\"a\": tru}", "line 1, column 7", "“tru” is not a JSON value"),
        ("{\"a\": -}", "line 1, column 7", "“-” is not a JSON value"),
        ("{\"a\": 1.}", "line 1, column 7", "“1.” is not a JSON value"),
        ("{\"a\": 1e+}", "line 1, column 7", "“1e+” is not a JSON value"),
        ("{\"a\": .5}", "line 1, column 7", "“.5” is not a JSON value"),
        ("{\"a\": NaN}", "line 1, column 7", "“NaN” is not a JSON value"),
        ("{\"a\": 01}", "line 1, column 7", "“01” is not a JSON value"),
        ("{\"a\": \"b}", "line 1, column 7", "isn't closed"),
        ("{\"a\": \"b\n\"}", "line 1, column 9", "isn't closed on its line"),
        ("{\"a\": \"\\", "line 1, column 7", "isn't closed"),
        ("{} {}", "line 1, column 4", "unexpected content follows"),
        ("{\"name\": 1,\n \"name\": 2}", "line 2, column 2", "“name” occurs twice"),
        ("{\"key\": {\"header\": 1, \"h\\u0065ader\": 2}}", "line 1, column 23", "“header” occurs twice"),
    ])
    func `an error has the line and column of a syntax error`(text: String, position: String, reason: String) throws {
        let error = try #require(throws: ManifestError.self) {
            try EndpointManifest(Data(text.utf8), file: "bad.json")
        }
        #expect(error.problems.map(\.field) == [position], "\(error)")
        #expect(error.problems[0].reason.contains(reason), "\(error)")
    }

    @Test(arguments: [
        ("[]", "an array and not an object"),
        ("null", "null and not an object"),
        ("\"manifest\"", "a string and not an object"),
        ("12", "a number and not an object"),
    ])
    func `a document that isn't an object is rejected`(text: String, reason: String) throws {
        let error = try #require(throws: ManifestError.self) {
            try EndpointManifest(Data(text.utf8), file: "bad.json")
        }
        #expect(error.description.hasPrefix("bad.json: it is \(reason)"))
    }

    @Test(arguments: [
        Data([0xFF, 0xFE, 0x7B, 0x00]),
        Data([0x7B, 0x00, 0x7D, 0x00]),
        Data("{\"name\": \"".utf8) + Data([0xC3, 0x28]) + Data("\"}".utf8),
        Data([0x89, 0x50, 0x4E, 0x47]),
    ])
    func `bytes that aren't UTF-8 are rejected`(bytes: Data) throws {
        let error = try #require(throws: ManifestError.self) { try EndpointManifest(bytes, file: "bad.json") }
        #expect(error.description == "bad.json: it is not UTF-8 text. Save it as UTF-8.")
    }

    @Test func `a byte order mark is ignored`() throws {
        let data = Data([0xEF, 0xBB, 0xBF]) + (try ExampleManifest.data())
        #expect(try EndpointManifest(data, file: "a.json").name == "example.video")
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func `a document with too many levels is rejected`(opening: String, closing: String) throws {
        let text = String(repeating: opening, count: 5_000) + "1" + String(repeating: closing, count: 5_000)
        let error = try #require(throws: ManifestError.self) {
            try EndpointManifest(Data(text.utf8), file: "bad.json")
        }
        #expect(error.problems[0].reason.contains("deeper than 32 levels"))
    }

    @Test(arguments: ["1", "0.5", "1e3", "12.25E-1", "3e+0"])
    func `each form of a JSON number is accepted`(number: String) throws {
        let text = String(decoding: try ExampleManifest.data(), as: UTF8.self).dropLast()
        let data = Data("\(text), \"minimumGap\": \(number)}".utf8)
        #expect(try EndpointManifest(data, file: "a.json").endpoints.first?.minimumGap != .zero)
    }

    @Test(arguments: ["1", "{}", "[]", "\"a\"", "null"])
    func `a document with too many values is rejected before it is parsed`(value: String) throws {
        let text = "[" + Array(repeating: value, count: 10_001).joined(separator: ",") + "]"
        let error = try #require(throws: ManifestError.self) {
            try EndpointManifest(Data(text.utf8), file: "bad.json")
        }
        #expect(error.problems[0].reason.contains("more than 10000 values"))
    }

    @Test func `every truncated manifest is rejected without a trap`() throws {
        let data = try ExampleManifest.data()
        for length in 0..<data.count {
            #expect(throws: ManifestError.self) { try EndpointManifest(data.prefix(length), file: "cut.json") }
        }
    }

    @Test func `every field with a value of another type is accepted or rejected without a trap`() throws {
        let odd: [JSONValue] = [nil, .integer(.max), "{", [:]]
        for manifest in ShippedManifest.richest {
            let json = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: manifest.url))
            for path in json.paths {
                for value in odd {
                    let data = try JSONEncoder().encode(json.replacing(path, with: value))
                    do {
                        _ = try EndpointManifest(data, file: "odd.json")
                    } catch {
                        #expect(!error.problems.isEmpty)
                    }
                }
            }
        }
    }
}
