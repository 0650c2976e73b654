import FetchCore
import Foundation
import Testing

/// Tests of the artifacts that `FetchOutput` reports.
@Suite("Output artifacts") struct ArtifactTests {
    @Test(
        arguments: [
            ("https://example.com/a.mp4?x=1", "video/mp4"), ("https://example.com/a.PNG", "image/png"),
            ("https://example.com/a", nil), ("https://example.com/a.unknown", nil),
        ] as [(String, String?)]
    )
    func `the media type of a link follows from its file extension`(link: String, mediaType: String?) throws {
        let url = try #require(URL(string: link))
        #expect(url.outputArtifacts == [Artifact(.url(url), mediaType: mediaType)])
        #expect(Artifact(link: url, mediaType: "audio/aac").mediaType == "audio/aac")
    }

    @Test func `a JSON output is split into links, bytes, strings and values`() throws {
        let link = try #require(URL(string: "https://example.com/a.png"))
        let output: JSONValue = [
            "https://example.com/a.png", "data:image/png;base64,aGk=", "a string", nil, 7, ["nested"],
            ["url": "https://example.com/a.png"],
        ]
        #expect(
            output.outputArtifacts == [
                Artifact(.url(link), mediaType: "image/png"),
                Artifact(.data(Data("hi".utf8)), mediaType: "image/png"),
                Artifact(.text("a string")),
                Artifact(.json(7)),
                Artifact(.text("nested")),
                Artifact(.json(["url": "https://example.com/a.png"])),
            ]
        )
    }

    @Test(arguments: [
        "data:", "data:image/png;base64", "data:image/png,x", "data:;base64,***", "ftp://example.com/x", "",
        "https://example.com/paper.pdf, which says", "https://example.com/ü",
    ])
    func `a string that is neither a link nor a data URL is text`(text: String) {
        #expect(Artifact(reading: text) == Artifact(.text(text)))
    }

    @Test(
        arguments: [
            ("video/mp4", "video/mp4"), ("Image/PNG; charset=binary", "image/png"), ("", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func `the media type of a response body is that of its header`(header: String?, mediaType: String?) throws {
        var response = FetchResponse(status: 200, body: Data("hi".utf8))
        if let header { response.headers["Content-Type"] = header }
        let artifact = try Artifact(response)
        #expect(artifact == Artifact(.data(Data("hi".utf8)), mediaType: mediaType))
        #expect([artifact].outputArtifacts == [artifact])
        #expect(artifact.data == Data("hi".utf8) && artifact.url == nil && artifact.text == nil && artifact.json == nil)
    }

    @Test(arguments: [
        (401, "no", FetchError.Code.unauthorized), (500, "oops", .serverError), (200, "", .malformedResponse),
    ])
    func `an error status or an empty body is not an artifact`(status: Int, body: String, code: FetchError.Code) {
        let response = FetchResponse(status: status, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try Artifact(response) }
        #expect(error?.code == code)
    }
}
