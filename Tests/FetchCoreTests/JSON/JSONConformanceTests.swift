import FetchCore
import Foundation
import Testing

/// Tests with the cases of the public JSON parsing test suite, rewritten with other inputs.
@Suite("JSON parsing conformance") struct JSONConformanceTests {
    /// A type that decodes from any body, so that only the check before the decoder can refuse it.
    private struct Anything: Decodable {
        init(from decoder: any Decoder) throws {}
    }

    private func value(_ testCase: JSONCase) throws -> JSONValue {
        try FetchResponse(status: 200, body: Data(testCase.bytes)).json()
    }

    @Test(arguments: JSONCase.accepted)
    func `valid JSON is accepted`(testCase: JSONCase) throws {
        #expect(try value(testCase) == testCase.value)
        #expect(throws: Never.self) {
            try FetchResponse(status: 200, body: Data(testCase.bytes)).json(Anything.self)
        }
    }

    @Test(arguments: JSONCase.refused)
    func `invalid JSON is refused`(testCase: JSONCase) throws {
        let error = #expect(throws: FetchError.self) { try value(testCase) }
        #expect(error?.code == .malformedResponse)
        let typed = #expect(throws: FetchError.self) {
            try FetchResponse(status: 200, body: Data(testCase.bytes)).json(Anything.self)
        }
        #expect(typed?.message == error?.message)
    }

    @Test(arguments: JSONCase.choices)
    func `JSON that the standard leaves open is handled as documented`(testCase: JSONCase) throws {
        if let expected = testCase.value {
            #expect(try value(testCase) == expected)
        } else {
            let error = #expect(throws: FetchError.self) { try value(testCase) }
            #expect(error?.code == .malformedResponse)
        }
    }

    @Test func `the table has all cases of the suite`() {
        #expect(JSONCase.accepted.count >= 95)
        #expect(JSONCase.refused.count >= 185)
        #expect(JSONCase.choices.count == 35 + 3)
        let all = JSONCase.accepted + JSONCase.refused + JSONCase.choices
        #expect(Set(all.map(\.name)).count == all.count)
    }
}
