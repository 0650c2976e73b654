import FetchCore
import Foundation
import Testing

/// The cases of the public test suite for JSON parsers, with inputs of our own.
@Suite struct JSONConformanceTests {
    /// A type that takes any body, so that only the check in front of a decoder can refuse it.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private func value(_ example: JSONCase) throws -> JSONValue {
        try FetchResponse(status: 200, body: Data(example.bytes)).json()
    }

    @Test(arguments: JSONCase.accepted)
    func `JSON of the standard is read`(example: JSONCase) throws {
        #expect(try value(example) == example.value)
        #expect(throws: Never.self) {
            try FetchResponse(status: 200, body: Data(example.bytes)).json(Anything.self)
        }
    }

    @Test(arguments: JSONCase.refused)
    func `JSON against the standard is refused`(example: JSONCase) throws {
        let error = #expect(throws: FetchError.self) { try value(example) }
        #expect(error?.code == .malformedResponse)
        let typed = #expect(throws: FetchError.self) {
            try FetchResponse(status: 200, body: Data(example.bytes)).json(Anything.self)
        }
        #expect(typed?.message == error?.message)
    }

    @Test(arguments: JSONCase.choices)
    func `What the standard leaves open is read as documented`(example: JSONCase) throws {
        if let expected = example.value {
            #expect(try value(example) == expected)
        } else {
            let error = #expect(throws: FetchError.self) { try value(example) }
            #expect(error?.code == .malformedResponse)
        }
    }

    @Test func `The table has a case for each of the suite's`() {
        #expect(JSONCase.accepted.count >= 95)
        #expect(JSONCase.refused.count >= 185)
        #expect(JSONCase.choices.count == 35 + 3)
        let all = JSONCase.accepted + JSONCase.refused + JSONCase.choices
        #expect(Set(all.map(\.name)).count == all.count)
    }
}
