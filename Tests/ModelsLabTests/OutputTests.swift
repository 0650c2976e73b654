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

    @Test(arguments: [
        "file:///etc/passwd", "javascript:alert(1)", "data:image/png;base64,AAAA", "ftp://example.com/a.png", "a.png",
        "//example.com/a.png", "https://user:word@example.com/a.png", "https://", "Once upon a time",
    ])
    func `an output that is not an http or https URL is an error that quotes it`(link: String) async throws {
        for output in [#"["\#(link)"]"#, #"["https://example.com/a.png","\#(link)"]"#, #"{"url":"\#(link)"}"#] {
            let error = try await Interior.error(#"{"status":"success","output":\#(output)}"#)
            #expect(error.code == .unusableOutput)
            #expect(!error.isRetryable)
            #expect(error.message.contains("output holds “\(link)”"))
        }
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
