import FetchCore
import Foundation
import ModelsLab
import TestSupport
import Testing

@Suite("Outputs") struct OutputTests {
    @Test(
        arguments: [
            ("success-picture", .output, ["https://pub-example.r2.dev/generations/lighthouse-0.png"]),
            ("success-fashion", .proxyLinks, ["https://cdn2.example.com/generations/coat.png"]),
            ("success-voice", .links, ["https://cdn.example.com/audio/song.wav"]),
            (
                "success-mesh", .output,
                ["https://cdn.example.com/out/chair.glb", "https://cdn.example.com/out/chair.png"]
            ),
            ("success-without-output", nil, []),
        ] as [(String, Interior.Picture.Source?, [String])]
    )
    func `outputs are read from the first field with a link`(
        name: String,
        source: Interior.Picture.Source?,
        links: [String]
    ) async throws {
        let picture = try await Interior.picture(fixture(name, in: .module))
        #expect(picture.outputs.map(\.absoluteString) == links)
        #expect(picture.source == source)
    }

    @Test func `future links are not outputs`() async throws {
        let picture = try await Interior.picture(fixture("success-without-output", in: .module))
        #expect(picture.outputArtifacts.isEmpty)
        #expect(
            picture.futureLinks == [URL(string: "https://pub-example.r2.dev/generations/lighthouse-1.png")]
        )
        #expect(picture.message == "Nothing was made.")
        #expect(picture.description == "Generation 67546: no output")
    }

    @Test(arguments: [
        (#"["https://example.com/a.png","https://example.com/b.png"]"#, 2),
        (#""https://example.com/a.png""#, 1),
        (#"{"0":"https://example.com/a.png"}"#, 1),
        (#"[{"url":"https://example.com/a.png","format":"png"}]"#, 1),
        (#"[["https://example.com/a.png"],["https://example.com/b.png"]]"#, 2),
        (#"[null,7,true,"","https://example.com/a.png"]"#, 1),
        (#"[" https://example.com/a.png\n"]"#, 1),
        ("null", 0), (#""""#, 0), ("[]", 0), ("{}", 0), (#"[""]"#, 0), (#""  ""#, 0), ("7", 0), ("false", 0),
    ])
    func `outputs and proxy links are read from any JSON shape`(json: String, count: Int) async throws {
        let output = try await Interior.picture(#"{"status":"success","output":\#(json)}"#)
        #expect(output.outputs.count == count)
        #expect(output.outputs.first?.absoluteString == (count == 0 ? nil : "https://example.com/a.png"))
        #expect(output.source == (count == 0 ? nil : .output))

        let proxied = try await Interior.picture(#"{"status":"success","output":[],"proxy_links":\#(json)}"#)
        #expect(proxied.outputs.count == count)
        #expect(proxied.proxyLinks == proxied.outputs)
        #expect(proxied.source == (count == 0 ? nil : .proxyLinks))
    }

    @Test(arguments: [
        (#"{"thumb":"https://example.com/t.png","url":"https://example.com/a.png"}"#, ["a.png", "t.png"]),
        (#"[{"preview":"https://example.com/p.png","image":"https://example.com/a.png"}]"#, ["a.png", "p.png"]),
        (
            #"""
            {"audio":"https://example.com/d","video":"https://example.com/c","image":"https://example.com/b",
            "url":"https://example.com/a","another":"https://example.com/e","mask":["https://example.com/f"]}
            """#, ["a", "b", "c", "d", "e", "f"]
        ),
    ])
    func `the main file of an object is the first output`(
        json: String,
        files: [String]
    ) async throws {
        let output = try await Interior.picture(#"{"status":"success","output":\#(json)}"#)
        #expect(output.outputs.map(\.lastPathComponent) == files)
    }

    static let unusableLinks = [
        "file:///etc/passwd", "javascript:alert(1)", "data:image/png;base64", "ftp://example.com/a.png", "a.png",
        "https://user:word@example.com/a.png", "https://", "Once upon a time",
    ]

    @Test(arguments: unusableLinks)
    func `an output that is not an http or https URL is an error that quotes it`(link: String) async throws {
        for output in [#"["\#(link)"]"#, #"["\#(link)","\#(link)"]"#, #"{"url":"\#(link)"}"#] {
            let error = try await Interior.error(#"{"status":"success","output":\#(output)}"#)
            #expect(error.code == .unusableOutput)
            #expect(!error.isRetryable)
            #expect(error.message.contains("“\(link)”"))
        }
    }

    @Test(arguments: unusableLinks)
    func `an output that is not an http or https URL is listed beside the others`(link: String) async throws {
        let body = #"{"status":"success","output":["\#(link)","https://example.com/a.png"]}"#
        let picture = try await Interior.picture(body)
        #expect(picture.outputs.map(\.absoluteString) == ["https://example.com/a.png"])
        #expect(picture.outputArtifacts.count == 2)
        #expect(picture.outputArtifacts.first?.problem?.contains("“\(link)”") == true)
    }

    @Test func `a proxy link is the mirror of its output, and takes its place if that can't be used`() async throws {
        let body = #"""
            {"status":"success","output":["https://a.example/1.png","nowhere"],
            "proxy_links":["https://b.example/1.png","https://b.example/2.png"]}
            """#
        let artifacts = try await Interior.picture(body).outputArtifacts
        #expect(artifacts.map(\.url?.absoluteString) == ["https://a.example/1.png", "https://b.example/2.png"])
        #expect(artifacts.map { $0.mirrors.map(\.absoluteString) } == [["https://b.example/1.png"], []])
    }

    @Test func `proxy links that are more or fewer than the outputs, or the outputs, are no mirrors`() async throws {
        let one = #""output":["https://a.example/1.png"],"#
        for links in [
            one + #""proxy_links":["https://b.example/1.png","https://b.example/2.png"]"#,
            #""output":[],"proxy_links":["https://b.example/1.png"]"#,
        ] {
            let picture = try await Interior.picture(#"{"status":"success",\#(links)}"#)
            #expect(picture.outputArtifacts.map(\.mirrors) == [[]])
        }
    }

    @Test func `a link expires a day after the response`() async throws {
        let picture = try await Interior.picture(#"{"status":"success","output":["https://example.com/a.png"]}"#)
        let date = try #require(picture.outputArtifacts.first?.expiryDate)
        #expect(abs(date.timeIntervalSinceNow - 86_400) < 3_600)
    }

    @Test func `a link of the API itself may be relative, and a data URL is its bytes`() async throws {
        let body = #"{"status":"success","output":["/storage/a.png","data:image/png;base64,aGk="]}"#
        let picture = try await Interior.picture(body)
        #expect(picture.outputs.map(\.absoluteString) == ["https://modelslab.com/storage/a.png"])
        #expect(picture.outputArtifacts.last?.data == Data("hi".utf8))
    }

    @Test func `the error for an inline file quotes only its beginning`() async throws {
        let file = String(repeating: "iVBORw0KGgo\\n", count: 10_000)
        let error = try await Interior.error(#"{"status":"success","output":["\#(file)"]}"#)
        #expect(error.message.count < 250)
        #expect(!error.message.contains("\n"))
    }

    @Test func `an invalid proxy or future link is dropped`() async throws {
        let picture = try await Interior.picture(
            #"{"status":"success","output":["https://example.com/a.png"],"proxy_links":["nowhere"],"future_links":"?"}"#
        )
        #expect(picture.outputs.count == 1)
        #expect(picture.proxyLinks.isEmpty)
        #expect(picture.futureLinks.isEmpty)
    }

    @Test(arguments: ["success", "Success", "succeeded", "completed", "done"])
    func `every success status has outputs`(status: String) async throws {
        _ = try await Interior.picture(#"{"status":"\#(status)","output":["https://example.com/a.png"]}"#)
    }

    @Test func `links take precedence over proxy links`() async throws {
        let voice = try await Interior.picture(
            #"{"status":"success","proxy_links":["https://b.example.com/a.wav"],"links":["https://a.example.com/a.wav"]}"#
        )
        #expect(voice.outputs == [URL(string: "https://a.example.com/a.wav")])
        #expect(voice.proxyLinks == [URL(string: "https://b.example.com/a.wav")])
    }

    @Test func `an output without a status is a success even with an ETA`() async throws {
        let picture = try await Interior.picture(#"{"eta":5,"output":["https://example.com/a.png"]}"#)
        #expect(picture.outputs.count == 1)
    }

    @Test(arguments: ["output", "links", "proxy_links"])
    func `a link without a status, ETA and fetch_result is a success`(field: String) async throws {
        let picture = try await Interior.picture(#"{"\#(field)":["https://example.com/a.png"]}"#)
        #expect(picture.source?.rawValue == field)
    }
}
