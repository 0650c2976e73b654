import FetchCore
import Foundation
import Testing

/// What outputs say they consist of.
struct ArtifactTests {
    @Test(
        arguments: [
            ("https://example.com/a.mp4?x=1", "video/mp4"), ("https://example.com/a.PNG", "image/png"),
            ("https://example.com/a", nil), ("https://example.com/a.unknown", nil),
        ] as [(String, String?)]
    )
    func `A link's media type is what its file's name tells`(text: String, mediaType: String?) throws {
        let url = try #require(URL(string: text))
        #expect(url.outputArtifacts == [Artifact(.url(url), mediaType: mediaType)])
        #expect(Artifact(link: url, mediaType: "audio/aac").mediaType == "audio/aac")
    }

    @Test func `A JSON output is read as links, bytes, texts and values`() throws {
        let link = try #require(URL(string: "https://example.com/a.png"))
        let output: JSONValue = [
            "https://example.com/a.png", "data:image/png;base64,aGk=", "a text", nil, 7, ["nested"],
            ["url": "https://example.com/a.png"],
        ]
        #expect(
            output.outputArtifacts == [
                Artifact(.url(link), mediaType: "image/png"),
                Artifact(.data(Data("hi".utf8)), mediaType: "image/png"),
                Artifact(.text("a text")),
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
    func `A text that is neither a link nor bytes is a text`(text: String) {
        #expect(Artifact(reading: text) == Artifact(.text(text)))
    }

    @Test(
        arguments: [
            ("video/mp4", "video/mp4"), ("Image/PNG; charset=binary", "image/png"), ("", nil), (nil, nil),
        ] as [(String?, String?)]
    )
    func `A body is an artifact with the media type of its header`(header: String?, mediaType: String?) throws {
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
    func `An error page is no file, and nor is nothing`(status: Int, body: String, code: FetchError.Code) {
        let response = FetchResponse(status: status, body: Data(body.utf8))
        let error = #expect(throws: FetchError.self) { try Artifact(response) }
        #expect(error?.code == code)
    }
}
