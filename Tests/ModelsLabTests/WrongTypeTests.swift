import FetchCore
import FetchTesting
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Fields of unexpected types") struct WrongTypeTests {
    private static let fixtures: [String] = {
        let files = Bundle.module.paths(forResourcesOfType: "json", inDirectory: "Fixtures")
        return files.map { URL(filePath: $0).deletingPathExtension().lastPathComponent }.sorted()
    }()

    private static let wrongValues: [JSONValue] = [
        nil, true, 7, -1.5, 1e300, .integer(.max), "", "x", " ", [], [:], [[]], [nil], ["x"], ["x": "x"], [["x": [7]]],
    ]

    @Test(arguments: fixtures)
    func `a field of any type gives a state or a FetchError`(name: String) async throws {
        let data = try Data(fixture(name, in: .module).utf8)
        let original = try #require(JSONDecoder().decode(JSONValue.self, from: data).object)
        for field in original.keys.sorted() {
            for value in Self.wrongValues {
                var fields = original
                fields[field] = value
                try await check(fields, because: "\(name).\(field) is \(value)")
            }
            var fields = original
            fields[field] = nil
            try await check(fields, because: "\(name) has no \(field)")
        }
    }

    @Test func `the fixtures are found`() {
        #expect(Self.fixtures.count > 10)
    }

    /// Checks that the response is a state or a `FetchError`, and that either can be printed.
    private func check(_ fields: [String: JSONValue], because: Comment) async throws {
        let body = try String(decoding: JSONEncoder().encode(fields), as: UTF8.self)
        for status in [200, 400] {
            do {
                let state = try await Interior.state(body, status: status)
                #expect(!"\(state)".isEmpty, because)
                if case .succeeded(let picture) = state {
                    #expect(picture.outputs.allSatisfy { $0.scheme == "https" }, because)
                    #expect(picture.outputs.isEmpty == (picture.source == nil), because)
                    #expect(picture.fields == fields, because)
                }
            } catch let error as FetchError {
                #expect(error.id == "67545", because)
                #expect(!error.message.isEmpty, because)
                #expect([.malformedEndpoint, .missingKey].contains(error.code) == false, because)
            }
        }
    }
}
