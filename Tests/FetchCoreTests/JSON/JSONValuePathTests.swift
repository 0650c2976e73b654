import FetchCore
import Foundation
import Testing

/// Tests of the parts of JSON values that endpoints read again and again.
@Suite("Paths and texts of JSON values") struct JSONValuePathTests {
    private let body: JSONValue = [
        "status": "done", "data": ["items": [["url": "a"], ["url": "b"]], "none": nil, "a.b": 1, "0": 2],
        "data.items[0].url": "whole", "code": 17, "share": 0.5, "flag": true, "empty": "",
    ]

    @Test(
        arguments: [
            ("status", "done"), ("data.items[1].url", "b"), ("data['items'][0]['url']", "a"), ("data['a.b']", 1),
            ("data.0", 2), ("data.items[2].url", nil), ("data.none", nil), ("data.none.url", nil), ("status.url", nil),
            ("data.items.url", nil), ("data[0]", nil), ("missing", nil), ("data..items", nil), ("data.", nil),
            ("data[x]", nil), ("data.items[-1]", nil), ("data.items[+1]", nil), ("data['items", nil), ("", nil),
            ("data.items[99999999999999999999]", nil),
        ] as [(String, JSONValue?)]
    )
    func `a value is found by its path`(path: String, value: JSONValue?) {
        #expect(body[path] == value)
    }

    @Test func `a member whose whole name equals the path takes precedence`() {
        #expect(body["data.items[0].url"] == "whole")
    }

    @Test func `a path may begin with an element`() {
        let list: JSONValue = [["url": "a"], [["url": "b"]]]
        #expect(list["[0].url"] == "a")
        #expect(list["[1][0].url"] == "b")
        #expect(list["url"] == nil)
    }

    @Test(arguments: [("data", true), ("status.", false)])
    func `a path of a million steps has no value`(start: String, isDotted: Bool) {
        let path = start + String(repeating: isDotted ? ".a" : "[0]", count: 1_000_000)
        #expect(body[path] == nil)
    }

    @Test(
        arguments: [
            ("status", "done"), ("code", "17"), ("share", "0.5"), ("flag", nil), ("empty", nil), ("data", nil),
        ] as [(String, String?)]
    )
    func `a string or a number has text`(path: String, text: String?) {
        #expect(body[path]?.text == text)
        #expect(JSONValue.integer(9_007_199_254_740_993).text == "9007199254740993")
    }

    @Test func `a required member is returned with its type`() throws {
        #expect(try body.required("status", as: \.string) == "done")
        #expect(try body.required("code", as: \.text) == "17")
        #expect(try body.required("data.items").array?.count == 2)
    }

    @Test(
        arguments: [
            ("data.status", "the response has no data.status; data has the members 0, a.b, items, none"),
            ("data.items[7].url", "the response has no data.items[7].url; data.items is an array"),
            ("state", "the response has no state; it has the members code, data, data.items[0].url, empty, flag"),
            ("status.code", "the response has no status.code; status is a string"),
            ("code", "the response's code is a number, which isn't the expected type"),
        ]
    )
    func `the error of a required member names it and those that exist`(path: String, message: String) {
        let error = #expect(throws: FetchError.self) { try body.required(path, as: \.string) }
        #expect(error?.code == .malformedResponse)
        #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
    }

    @Test func `the error of a required member has at most ten names`() {
        let members = Dictionary(uniqueKeysWithValues: (0..<1_000).map { ("m\($0)", JSONValue.bool(true)) })
        let error = #expect(throws: FetchError.self) { try JSONValue.object(members).required("a") }
        #expect((error?.message.count ?? 0) < 200)
    }

    @Test func `data is parsed within the limits of a response`() throws {
        #expect(try JSONValue(parsing: Data(#"{"id": 9007199254740993}"#.utf8))["id"] == 9_007_199_254_740_993)
        for (text, message) in [
            ("", "the data is empty"), ("<html>", "the data is not JSON: expected a value at byte 0, line 1"),
            (String(repeating: "[", count: 100_000), "the data is nested deeper than 64 levels"),
            ("[" + String(repeating: "0,", count: 200_000) + "0]", "the data contains more than 200000 values"),
        ] {
            let error = #expect(throws: FetchError.self) { try JSONValue(parsing: Data(text.utf8)) }
            #expect(error?.code == .malformedResponse)
            #expect(error?.message.hasPrefix(message) == true, "\(String(describing: error))")
        }
    }

    private struct Task: Decodable, Equatable {
        var taskStatus: String
    }

    @Test func `member names may be in snake case`() throws {
        let response = FetchResponse(status: 200, body: Data(#"{"task_status": "done"}"#.utf8))
        #expect(try response.json(Task.self, memberNames: .snakeCase) == Task(taskStatus: "done"))
        let error = #expect(throws: FetchError.self) { try response.json(Task.self) }
        #expect(error?.message.contains("has no taskStatus") == true)
    }
}
