import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Rules for file names") struct FileNameTests {
    private let headers: HeaderFields = ["Content-Disposition": "attachment; filename=\"../server.jpeg\""]

    private func name(
        _ rule: FileName,
        _ format: FileFormat?,
        _ mediaType: String? = nil,
        _ link: String = "https://cdn.example.com/x.webm",
        headers: HeaderFields? = nil
    ) throws -> String {
        let url = try #require(URL(string: link))
        return try rule.plainName(
            generated: GeneratedFileName(job: JobReference("a:1"), index: 0),
            extension: FileExtension(format: format, mediaType: mediaType, link: url),
            suggested: ServerFileName.suggested(by: headers ?? self.headers, link: url)
        ).text
    }

    @Test func `each rule has its name`() throws {
        #expect(try name(.generated, .png) == "a-1-0.png")
        #expect(try name(.fromServer, .jpeg) == "server.jpeg")
        #expect(try name(.fromServer, .jpeg, headers: [:]) == "x.webm.jpg")
        #expect(try name(.fromServer, .webm, headers: [:]) == "x.webm")
        #expect(try name(.fromServer, nil, nil, "https://cdn.example.com/", headers: [:]) == "a-1-0.bin")
        #expect(try name(.named("mine.mp4"), .png) == "mine.mp4")
        #expect(throws: FetchError.self) { try name(.named("../mine.mp4"), .png) }
    }

    @Test func `the extension is that of the content, else of the declared type, else of the link`() throws {
        #expect(try name(.generated, .gif, "image/png") == "a-1-0.gif")
        #expect(try name(.generated, nil, "image/PNG; charset=x") == "a-1-0.png")
        #expect(try name(.generated, nil, "application/octet-stream") == "a-1-0.webm")
        #expect(try name(.generated, nil, nil, "https://cdn.example.com/x.JPEG?y=1.gif") == "a-1-0.jpg")
        #expect(try name(.generated, nil, nil, "https://cdn.example.com/x.exe") == "a-1-0.bin")
        #expect(try name(.generated, nil, nil, "https://cdn.example.com/x.html") == "a-1-0.html")
    }

    @Test func `a declared type that is a special form of the content is preferred`() throws {
        #expect(try name(.generated, .zip, "model/vnd.usdz+zip") == "a-1-0.usdz")
        #expect(try name(.generated, .zip, nil, "https://cdn.example.com/x.3mf") == "a-1-0.3mf")
        #expect(try name(.generated, .json, "model/gltf+json") == "a-1-0.gltf")
        #expect(try name(.generated, .text, "text/vtt") == "a-1-0.vtt")
        #expect(try name(.generated, .mp4, "audio/mp4") == "a-1-0.m4a")
        #expect(try name(.generated, .zip, "image/png") == "a-1-0.zip")
    }

    @Test func `a name of the server that contradicts the content has the right extension in addition`() throws {
        let program: HeaderFields = ["Content-Disposition": "attachment; filename=face.png.exe"]
        #expect(try name(.fromServer, .png, headers: program) == "face.png.exe.png")
        #expect(try name(.fromServer, nil, headers: program) == "face.png.exe")
        let bare: HeaderFields = ["Content-Disposition": "attachment; filename=face"]
        #expect(try name(.fromServer, .mp4, headers: bare) == "face.mp4")
        #expect(try name(.fromServer, nil, "video/mp4", headers: bare) == "face.mp4")
    }

    @Test func `names of one batch that are the same file on some file system don't clash`() throws {
        var used = UsedNames()
        let names = [
            "face.png", "FACE.png", "face.PNG", "f\u{200C}ace.png", "Ärger.png", "A\u{308}RGER.png", "straße.png",
            "STRASSE.png", "face-2.png", "face-3.png", "Σ.png", "ς.png", "σ.png",
        ]
        let taken = try names.map { used.take(try #require(PlainFileName(reducing: $0))).text }
        #expect(
            taken.prefix(6) == [
                "face.png", "FACE-2.png", "face-3.PNG", "f\u{200C}ace-4.png", "Ärger.png", "ÄRGER-2.png",
            ]
        )
        #expect(Set(taken.map { $0.uppercased() }).count == names.count)
        #expect(taken[7] == "STRASSE-2.png")
        #expect(taken[8] == "face-2-2.png")
    }

    @Test func `many equal names are numbered in one pass`() throws {
        var used = UsedNames()
        let name = try #require(PlainFileName(reducing: "a.png"))
        let names = Set((0..<10_000).map { _ in used.take(name) })
        #expect(names.count == 10_000)
    }

    @Test func `a name that an output no longer wants is free for the others`() throws {
        var used = UsedNames()
        let (link, header) = (try PlainFileName.test("download"), try PlainFileName.test("a.png"))
        #expect(used.take(link, for: 0).text == "download")
        #expect(used.take(link, for: 0).text == "download")
        #expect(used.take(link, for: 1).text == "download-2")
        #expect(used.take(header, for: 0).text == "a.png")
        #expect(used.take(link, for: 2).text == "download")
        #expect(used.take(header, for: 2).text == "a-2.png")
        #expect(used.take(header, for: 1).text == "a-3.png")
    }

    /// Returns the name of the server for one of several outputs.
    private func name(_ index: Int, of names: OutputNames, _ suggestion: String, _ format: FileFormat?) throws -> String
    {
        try FileName.fromServer.plainName(
            generated: GeneratedFileName(job: JobReference("a:1"), index: index),
            extension: FileExtension(format: format, mediaType: nil, link: nil),
            suggested: PlainFileName(reducing: suggestion),
            place: OutputPlace(index, of: names)
        ).text
    }

    @Test func `outputs keep the order of their suggestions, whichever content is known first`() throws {
        let names = OutputNames()
        for index in 0..<3 { _ = try name(index, of: names, "face", nil) }
        #expect(try name(2, of: names, "face", .png) == "face-3.png")
        #expect(try name(1, of: names, "face", .gif) == "face-2.gif")
        #expect(try name(0, of: names, "face", .png) == "face.png")
    }

    @Test func `names that become equal by their extensions don't clash`() throws {
        let names = OutputNames()
        #expect(try name(0, of: names, "face.png", .png) == "face.png")
        #expect(try name(1, of: names, "face", .png) == "face-2.png")
        #expect(try name(2, of: names, "FACE", .png) == "FACE-3.png")
    }
}
