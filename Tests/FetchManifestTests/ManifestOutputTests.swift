import FetchCore
import FetchManifest
import FetchTesting
import Foundation
import Testing

@Suite("Manifest outputs") struct ManifestOutputTests {
    private static let answer = #"""
        {"status": "done", "url": "https://cdn.example.com/a.mp4", "gs": "gs://bucket/a.mp4", "text": "ü", "count": 3,
         "data": "aGVsbG8=", "any": ["https://cdn.example.com/a.png", "words", {"a": 1}], "none": null, "empty": "",
         "videos": [{"url": "https://cdn.example.com/1", "type": "video/webm"}, {"url": "https://cdn.example.com/2.mp4"}, {}],
         "models": {"obj": "https://cdn.example.com/m.obj", "glb": "https://cdn.example.com/m.glb"}}
        """#

    private func artifacts(_ outputs: JSONValue) async throws -> [Artifact] {
        try #require(try await ManifestHarness.state(["outputs": outputs], Self.answer).artifacts)
    }

    @Test func `an output is a link, a URI, a text, bytes or JSON`() async throws {
        #expect(try await artifacts([["at": "url", "as": "link"]]).map(\.mediaType) == ["video/mp4"])
        #expect(try await artifacts([["at": "gs", "as": "uri"]]).map(\.url?.scheme) == ["gs"])
        #expect(
            try await artifacts([["at": "text", "as": "text", "mediaType": "text/plain"]])
                == [Artifact(.text("ü"), mediaType: "text/plain")]
        )
        #expect(try await artifacts([["at": "count", "as": "text"]]) == [Artifact(.text("3"))])
        #expect(try await artifacts([["at": "data", "as": "base64"]]) == [Artifact(.data(Data("hello".utf8)))])
        #expect(
            try await artifacts([["at": "none", "as": "json", "optional": true], ["at": "count", "as": "json"]]) == [
                Artifact(.json(3))
            ]
        )
        let any = try await artifacts([["at": "any", "as": "any"]])
        #expect(any.map(\.mediaType) == ["image/png", nil, nil])
        #expect(any[1].text == "words" && any[2].json == ["a": 1])
    }

    @Test func `outputs have the order of the manifest, and absent optional ones are skipped`() async throws {
        let found = try await artifacts([
            ["at": "text", "as": "text"], ["at": "none", "as": "link", "optional": true],
            ["at": "empty", "as": "link", "optional": true], ["at": "url", "as": "link"],
        ])
        #expect(found.map { $0.text ?? "link" } == ["ü", "link"])
        #expect(try await artifacts([["at": "none", "as": "link", "optional": true]]).isEmpty)
        #expect(try await artifacts([["at": "empty", "as": "text"]]) == [Artifact(.text(""))])
        #expect(try await artifacts([["at": ["empty", "text"], "as": "text"]]) == [Artifact(.text("ü"))])
    }

    @Test(
        arguments: [
            (["at": "videoz[0].url", "as": "link"], "outputs[0], at videoz[0].url"),
            (["at": "none", "as": "json"], "outputs[0], at none"),
            (["at": "empty", "as": "link"], "outputs[0], at empty"),
            (["each": "video", "at": "url", "as": "link"], "outputs[0], at url in an element of video"),
            (["each": "videos", "at": "link", "as": "link"], "outputs[0], at link in an element of videos"),
            (["each": "none", "as": "any"], "outputs[0], an element of none"),
        ] as [(JSONValue, String)]
    )
    func `an output path that finds nothing is an error unless the entry is optional`(
        output: JSONValue,
        location: String
    ) async throws {
        let error = try #require(await #expect(throws: FetchError.self) { try await artifacts([output]) })
        #expect(error.code == .malformedResponse)
        #expect(error.isRetryable)
        #expect(error.message.hasPrefix("the job is done, but the response has no \(location);"), "\(error)")
        #expect(error.remedy?.contains("\"optional\": true") == true)
        let optional = JSONValue.object((output.object ?? [:]).merging(["optional": true]) { $1 })
        #expect(try await artifacts([optional, ["at": "url", "as": "link"]]).count == 1)
    }

    @Test func `an element may be a text or an object`() async throws {
        let output: JSONValue = [["each": "files", "at": ["url", "."], "as": "link"]]
        let answer = #"{"status": "done", "files": ["https://a.example/1", {"url": "https://a.example/2", "size": 3}]}"#
        let state = try await ManifestHarness.state(["outputs": output], answer)
        #expect(state.artifacts?.map(\.url?.lastPathComponent) == ["1", "2"])
    }

    @Test func `each element of an array has its own media type, and the members of an object are sorted by name`()
        async throws
    {
        let videos = try await artifacts([
            ["each": "videos", "at": "url", "as": "link", "mediaTypeAt": "type", "mediaType": "video/x-other"]
        ])
        #expect(videos.map(\.mediaType) == ["video/webm", "video/x-other"])
        let models = try await artifacts([["each": "models", "as": "link"]])
        #expect(models.map(\.url?.lastPathComponent) == ["m.glb", "m.obj"])
        let main = try await artifacts([["at": "models.obj", "as": "link"], ["each": "models", "as": "link"]])
        #expect(main.map(\.url?.lastPathComponent) == ["m.obj", "m.glb"])
        #expect(try await artifacts([["each": "url", "as": "link"]]).count == 1)
    }

    @Test func `the whole body can be a file or JSON`() async throws {
        let changes: [String: JSONValue] = [
            "status": ["at": "$http.headers.Content-Type", "succeeded": ["image/*"], "otherwise": "malformedResponse"],
            "outputs": [["as": "file"]],
        ]
        func state(_ body: String, _ type: String) async throws -> FetchState<any FetchOutput> {
            try await ManifestHarness.state(changes, body, headers: ["Content-Type": type])
        }
        #expect(
            try await state("png", "image/png").artifacts == [Artifact(.data(Data("png".utf8)), mediaType: "image/png")]
        )
        for (body, type) in [("", "image/png"), ("<html>", "text/html")] {
            let error = await #expect(throws: FetchError.self) { try await state(body, type) }
            #expect(error?.code == .malformedResponse)
        }
        #expect(try await artifacts([["as": "json"]]).first?.json?["count"] == 3)
    }

    private static let unusable: [(JSONValue, String)] = [
        (["at": "text", "as": "link"], "outputs[0], at text, is a link that isn't http or https"),
        (["at": "gs", "as": "link"], "outputs[0], at gs, is a link that isn't http or https"),
        (["at": "text", "as": "uri"], "outputs[0], at text, is a URI that isn't http, https, gs or s3"),
        (["at": "url", "as": "base64"], "outputs[0], at url, is a string that isn't base64"),
        (["at": "count", "as": "link"], "outputs[0], at count, is a number and not a link"),
        (["at": ["models", "url"], "as": "link"], "outputs[0], at models or url, is an object and not a link"),
        (["at": "models", "as": "text"], "outputs[0], at models, is an object and not a string"),
        (["each": "videos", "as": "link"], "outputs[0], an element of videos, is an object and not a link"),
        (
            ["each": "any", "at": "a", "as": "link"],
            "outputs[0], at a in an element of any, is a number and not a link"
        ),
        (["as": "uri"], "outputs[0], the whole response, is an object and not a URI"),
    ]

    @Test(arguments: unusable)
    func `an output of the wrong form is a permanent error that names its path`(
        output: JSONValue,
        location: String
    ) async throws {
        let error = try #require(await #expect(throws: FetchError.self) { try await artifacts([output]) })
        #expect(error.code == .unusableOutput)
        #expect(!error.isRetryable)
        #expect(error.message.hasPrefix("the job is done, but "))
        #expect(error.message.hasSuffix(" usable: \(location)") || error.message.hasSuffix(" unusable: \(location)"))
    }

    @Test func `one output of the wrong form doesn't cost the others`() async throws {
        let found = try await artifacts([
            ["at": "text", "as": "link"], ["at": "url", "as": "link"], ["at": "models", "as": "text"],
        ])
        #expect(found.map(\.url?.lastPathComponent) == [nil, "a.mp4", nil])
        #expect(found[0].problem == "outputs[0], at text, is a link that isn't http or https")
        #expect(found[2].problem == "outputs[2], at models, is an object and not a string")
    }
}
