import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Links in manifests") struct ManifestLinkTests {
    private static let answer = #"""
        {"status": "done", "url": "https://a.example/1.mp4", "mirror": "https://b.example/1.mp4", "file": "f 7/é",
         "files": [{"url": "nowhere", "copies": ["file:///x", "https://b.example/2.mp4", "https://c.example/2.mp4"]},
                   {"url": "/files/3.mp4", "copies": []}]}
        """#

    private func artifacts(_ outputs: JSONValue, _ changes: [String: JSONValue] = [:]) async throws -> [Artifact] {
        let changes = changes.merging(["outputs": outputs]) { $1 }
        return try #require(try await ManifestHarness.state(changes, Self.answer).artifacts)
    }

    @Test func `an output has its mirrors, and says that its download wants the key`() async throws {
        let output = try #require(
            try await artifacts([["at": "url", "as": "link", "mirrors": "mirror", "needsKey": true]]).first
        )
        #expect(output.mirrors.map(\.absoluteString) == ["https://b.example/1.mp4"])
        #expect(output.needsKey)
        #expect(output.mediaType == "video/mp4")
    }

    @Test func `an element has mirrors of its own, which take the place of a bad link`() async throws {
        let files = try await artifacts([["each": "files", "at": "url", "as": "link", "mirrors": "copies"]])
        #expect(
            files.map(\.url?.absoluteString) == ["https://b.example/2.mp4", "https://api.example.com/files/3.mp4"]
        )
        #expect(files.map { $0.mirrors.map(\.absoluteString) } == [["https://c.example/2.mp4"], []])
        #expect(files.allSatisfy { !$0.needsKey && $0.expiryDate == nil })
    }

    @Test func `a manifest states how long its links live`() async throws {
        let output = try await artifacts([["at": "url", "as": "link"]], ["artifactLifetime": 3_600]).first
        let date = try #require(output?.expiryDate)
        #expect(date.timeIntervalSince(VirtualClock().date) > 3_590)
        #expect(
            try ExampleManifest.manifest(["artifactLifetime": 3_600]).endpoints[0].artifactLifetime == .seconds(3_600)
        )
    }

    @Test func `a link is made of a value, which is encoded`() async throws {
        let output = try await artifacts([
            ["at": "file", "as": "link", "template": "/v1/files/{value}/content?x=1", "mediaType": "text/csv"]
        ])
        #expect(output.first?.url?.absoluteString == "https://api.example.com/v1/files/f%207%2F%C3%A9/content?x=1")
    }

    @Test(arguments: ["\"..\"", #""https://evil.example/\u0007""#, "[7]", "0.5"])
    func `a value that can't be a part of a link makes no link`(value: String) async throws {
        let outputs: JSONValue = [["at": "file", "as": "link", "template": "/v1/files/{value}"]]
        let error = await #expect(throws: FetchError.self) {
            try await ManifestHarness.state(["outputs": outputs], #"{"status": "done", "file": \#(value)}"#)
        }
        #expect(error?.code == .unusableOutput)
    }

    @Test func `a failed job has what it has produced, each part of which may be absent`() async throws {
        let changes: [String: JSONValue] = [
            "status": ["at": "status", "succeeded": ["done"], "expired": ["expired"], "cancelled": ["cancelled"]],
            "failureOutputs": [
                ["at": "file", "as": "link", "template": "/v1/files/{value}", "needsKey": true],
                ["at": "log", "as": "text", "when": ["status": "cancelled"]],
            ],
        ]
        func failure(_ body: String) async throws -> JobFailure? {
            try await ManifestHarness.state(changes, body).failure
        }
        let expired = try await failure(#"{"status": "expired", "file": "f7", "log": "stopped"}"#)
        #expect(expired?.reason == .expired)
        #expect(expired?.artifacts.map(\.url?.absoluteString) == ["https://api.example.com/v1/files/f7"])
        #expect(expired?.artifacts.first?.needsKey == true)
        let cancelled = try await failure(#"{"status": "cancelled", "log": "stopped"}"#)
        #expect(cancelled?.artifacts == [Artifact(.text("stopped"))])
        #expect(try await failure(#"{"status": "cancelled"}"#)?.artifacts.isEmpty == true)
    }

    @Test(
        arguments: [
            (["at": "url", "as": "text", "needsKey": true], "outputs[0].needsKey", "applies only to a link"),
            (["at": "url", "as": "json", "mirrors": "copies"], "outputs[0].mirrors", "applies only to a link"),
            (
                ["at": "url", "as": "link", "mirrors": "$http.headers.Link"], "outputs[0].mirrors",
                "not a path in the response body"
            ),
            (
                ["at": "url", "as": "link", "needsKey": "yes"], "outputs[0].needsKey",
                "is a string and should be true or false"
            ),
            (["at": "url", "as": "link", "template": "files/{value}"], "outputs[0].template", "begin with one slash"),
            (
                ["at": "url", "as": "link", "template": "//evil.example/{value}"], "outputs[0].template",
                "begin with one slash"
            ),
            (["at": "url", "as": "link", "template": "/files"], "outputs[0].template", "exactly one placeholder"),
            (
                ["at": "url", "as": "link", "template": "/{value}/{value}"], "outputs[0].template",
                "exactly one placeholder"
            ),
            (
                ["at": "url", "as": "link", "template": "/{value}/{id}"], "outputs[0].template",
                "exactly one placeholder"
            ),
        ] as [(JSONValue, String, String)]
    )
    func `an invalid declaration of a link is reported`(output: JSONValue, field: String, reason: String) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(["outputs": [output]]) }
        #expect(error.problems.map(\.field) == [field])
        #expect(error.problems.first?.reason.contains(reason) == true, "\(error)")
    }

    @Test(
        arguments: [
            (["artifactLifetime": 0], "artifactLifetime"), (["artifactLifetime": "1 h"], "artifactLifetime"),
            (["failureOutputs": []], "failureOutputs"),
            (["failureOutputs": [["at": "a", "as": "text", "optional": true]]], "failureOutputs"),
        ] as [([String: JSONValue], String)]
    )
    func `an invalid lifetime or output of a failure is reported`(changes: [String: JSONValue], field: String) throws {
        let error = try #require(throws: ManifestError.self) { try ExampleManifest.manifest(changes) }
        #expect(error.problems.map(\.field) == [field])
    }
}
