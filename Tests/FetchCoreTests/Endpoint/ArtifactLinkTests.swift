import FetchCore
import Foundation
import Testing

@Suite("Links of artifacts") struct ArtifactLinkTests {
    @Test(arguments: [
        "file:///etc/passwd", "javascript:alert(1)", "data:", "data:image/png;base64", "data:text/html,x",
        "data:;base64,", "a.png",
        "/files/a.png", "//example.com/a.png", "N/A", "null", "Once upon a time", "https://user:word@example.com/a.png",
        "https://", "https:///a.png", "https://exa mple.com/a.png", "ftp://example.com/a.png", "about:blank",
        "blob:https://example.com/7", "mailto:a@example.com", "gs:///a.mp4", "s3:a.mp4", "",
    ])
    func `what can't be requested is never handed out as a link`(link: String) throws {
        for artifact in [
            Artifact(link: link, in: FetchResponse(status: 200)), URL(string: link).map { Artifact(link: $0) },
        ] {
            guard let artifact else { continue }
            #expect(artifact.url == nil)
            #expect(artifact.problem != nil)
            #expect(artifact.data == nil && artifact.text == nil && artifact.json == nil)
        }
        guard let url = URL(string: link) else { return }
        #expect(url.outputArtifacts.compactMap(\.url).isEmpty)
        #expect(Artifact(.url(url)).problem != nil)
        var artifact = Artifact(.text("a"))
        artifact.content = .url(url)
        #expect(artifact.problem != nil)
    }

    @Test func `an unusable item has the string of the response, and says what is wrong with it`() throws {
        let artifact = Artifact(link: "javascript:alert(1)", in: FetchResponse(status: 200))
        #expect(
            artifact.content
                == .unusable(
                    "javascript:alert(1)",
                    problem: "“javascript:alert(1)” can't be used as a link: only http and https are supported"
                )
        )
        let long = Artifact(link: String(repeating: "x ", count: 100_000), in: FetchResponse(status: 200))
        guard case .unusable(let text, let problem) = long.content else { return #expect(Bool(false)) }
        #expect(text.utf8.count == 2_048)
        #expect(problem.count < 200)
    }

    @Test(arguments: [
        "https://example.com/a%20b.mp4?x=1", "http://127.0.0.1:8080/a", "https://[::1]/a", "gs://bucket/a.mp4",
        "s3://bucket/a.mp4",
    ])
    func `a complete URL is a link as it is`(link: String) throws {
        let url = try #require(URL(string: link))
        #expect(Artifact(link: url).url == url)
        #expect(Artifact(link: link, in: FetchResponse(status: 200)) == Artifact(link: url))
    }

    @Test func `a data URL with content is its bytes`() throws {
        let link = "data:image/png;base64,aGk="
        for artifact in [
            Artifact(link: try #require(URL(string: link))), Artifact(link: link, in: FetchResponse(status: 200)),
        ] {
            #expect(artifact == Artifact(.data(Data("hi".utf8)), mediaType: "image/png"))
        }
    }

    @Test(arguments: [
        ("/files/a.png", "https://api.example.com/files/a.png"), ("../a.png", "https://api.example.com/v1/a.png"),
        ("./a.png", "https://api.example.com/v1/jobs/a.png"),
        ("//cdn.example.com/a.png", "https://cdn.example.com/a.png"),
    ])
    func `a relative link refers to the URL of the response, and any other word doesn't`(link: String, url: String) {
        var response = FetchResponse(status: 200)
        response.url = URL(string: "https://api.example.com/v1/jobs/7?x=1")
        let artifact = Artifact(link: link, in: response)
        #expect(artifact.url?.absoluteString == url)
        #expect(artifact.mediaType == "image/png")
        for word in ["nowhere", "N/A", "a.png", "?x=1", "#a", "pending"] {
            #expect(Artifact(link: word, in: response).problem != nil)
        }
    }

    @Test func `a mirror that can't be used is left out`() throws {
        let url = try #require(URL(string: "https://example.com/a.png"))
        let mirror = try #require(URL(string: "https://mirror.example/a.png"))
        let bad = try #require(URL(string: "file:///a.png"))
        var artifact = Artifact(link: url, mirrors: [bad, mirror])
        #expect(artifact.mirrors == [mirror])
        artifact.mirrors = [mirror, bad, mirror]
        #expect(artifact.mirrors == [mirror, mirror])
    }

    @Test func `a mirror takes the place of a link that can't be used`() throws {
        let mirrors = ["https://one.example/a.png", "nowhere", "https://two.example/a.png"]
        let artifact = Artifact(link: "file:///a.png", in: FetchResponse(status: 200), mirrors: mirrors)
        #expect(artifact.url?.host() == "one.example")
        #expect(artifact.mirrors.map { $0.host() } == ["two.example"])
    }
}
