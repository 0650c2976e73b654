import FetchCore
import Foundation
import Testing

/// Tests of the string and JSON forms of a job reference.
@Suite("Job references") struct JobReferenceTests {
    @Test(arguments: [
        ("modelslab.video:42", "modelslab.video", "42"),
        ("a:b:c", "a", "b:c"),
        ("a::", "a", ":"),
        ("a:operations/x/y", "a", "operations/x/y"),
        ("a:https://example.com/jobs?id=1#x", "a", "https://example.com/jobs?id=1#x"),
        ("a:ü 💡", "a", "ü 💡"),
        ("a: 42 ", "a", " 42 "),
        ("a:\"\\", "a", "\"\\"),
        (
            "modelslab.enterprise.facegen:550e8400-e29b-41d4-a716-446655440000", "modelslab.enterprise.facegen",
            "550e8400-e29b-41d4-a716-446655440000"
        ),
    ])
    func `a reference survives conversion to a string and to JSON`(text: String, endpoint: String, id: String) throws {
        let job = try JobReference(text)
        #expect(job.endpoint.rawValue == endpoint)
        #expect(job.id == id)
        #expect(job.description == text)
        #expect(try JobReference(endpoint: EndpointName(endpoint), id: id) == job)
        let data = try JSONEncoder().encode([job])
        #expect(try JSONDecoder().decode([String].self, from: data) == [text])
        #expect(try JSONDecoder().decode([JobReference].self, from: data) == [job])
    }

    @Test(
        arguments: [
            ("", .malformedReference), ("modelslab.video", .malformedReference), ("42", .malformedReference),
            (":42", .malformedName), ("Modelslab.video:42", .malformedName), ("a b:42", .malformedName),
            (" a:42", .malformedName),
            ("https://modelslab.com/api/v6/video/fetch/42", .malformedReference),
            ("a:", .invalidID), ("a:.", .invalidID), ("a:..", .invalidID), ("a:\n", .invalidID), ("a:b\0", .invalidID),
            ("a:" + String(repeating: "x", count: 10_240), .invalidID),
        ] as [(String, FetchError.Code)]
    )
    func `an invalid reference is refused, as a string and as JSON`(text: String, code: FetchError.Code) throws {
        let error = #expect(throws: FetchError.self) { try JobReference(text) }
        #expect(error?.code == code)
        #expect(error?.isRetryable == false)
        #expect(error?.remedy?.isEmpty == false)
        #expect((error?.description.count ?? .max) < 500)
        let data = try JSONEncoder().encode([text])
        let decodingError = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([JobReference].self, from: data)
        }
        guard case .dataCorrupted(let context) = decodingError else {
            Issue.record("\(String(describing: decodingError))")
            return
        }
        #expect(context.debugDescription.contains(error?.message ?? "?"))
    }

    @Test func `the error for a URL names the lookup in the registry`() {
        let error = #expect(throws: FetchError.self) {
            try JobReference("HTTPS://user:secret@example.com/fetch/42?key=secret")
        }
        #expect(error?.message == "a URL is not a job reference")
        #expect(error?.remedy == "Look the URL up in the registry: registry.reference(for: url).")
    }

    @Test func `JSON that is not a string is refused`() {
        for json in ["42", "null", "{}", "[\"a\",\"b\"]"] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode([JobReference].self, from: Data("[\(json)]".utf8))
            }
        }
    }

    @Test func `a malformed endpoint name from a literal is refused`() {
        let error = #expect(throws: FetchError.self) { try JobReference(endpoint: "A:b", id: "42") }
        #expect(error?.code == .malformedName)
    }

    @Test func `references are keys of dictionaries and elements of sets`() throws {
        let first = try JobReference("a:1")
        let second = try JobReference("a:2")
        let states = [first: "pending", second: "done"]
        #expect(states[try JobReference("a:2")] == "done")
        #expect(Set([first, second, first]).count == 2)
        #expect(try JobReference("a:1") == first)
        #expect(try JobReference("b:1") != first)
    }

    @Test func `a dictionary keyed by references is a JSON object`() throws {
        let states = [try JobReference("a:1"): "pending", try JobReference("a:x/y:z"): "done"]
        let data = try JSONEncoder().encode(states)
        #expect(try JSONDecoder().decode([String: String].self, from: data) == ["a:1": "pending", "a:x/y:z": "done"])
        #expect(try JSONDecoder().decode([JobReference: String].self, from: data) == states)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode([JobReference: String].self, from: Data(#"{"A:1":"pending"}"#.utf8))
        }
    }
}
