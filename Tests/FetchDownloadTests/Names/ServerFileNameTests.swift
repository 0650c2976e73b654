import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("File names of the server") struct ServerFileNameTests {
    @Test(arguments: [
        ("attachment; filename=face.png", "face.png"),
        ("attachment; filename=\"face 1.png\"", "face 1.png"),
        ("attachment; filename=face 1.png", "face 1.png"),
        ("ATTACHMENT;FileName=\"a.png\"", "a.png"),
        ("inline; filename=\"a.png\"; filename*=UTF-8''%e2%82%ac%20rates.png", "€ rates.png"),
        ("inline; filename*=UTF-8''%e2%82%ac.png; filename=a.png", "€.png"),
        ("inline; filename*=iso-8859-1'en'%A3.png", "£.png"),
        ("inline; filename*=UTF-8''%ZZ.png; filename=a.png", "a.png"),
        ("inline; filename*=koi8-r''%C1.png; filename=a.png", "a.png"),
        ("inline; filename*=a.png; filename=b.png", "b.png"),
        ("inline; filename*=UTF-8''%FF%FE.png; filename=a.png", "a.png"),
        ("inline; filename*=UTF-8''..%2F..%2Fetc%2Fpasswd", "passwd"),
        ("inline; filename=\"..\\..\\x.png\"", "x.png"), ("inline; filename=\"C:\\dir\\x.png\"", "x.png"),
        ("inline; filename=\"a\\\"b.png\"", "a_b.png"), ("inline; filename=\"a;b.png\"", "a;b.png"),
        ("filename=a.png", "a.png"), ("; ; filename = a.png ;", "a.png"), ("inline; filename=\"a.png", "a.png"),
        ("inline; filename=a.png; filename=b.png", "a.png"), ("inline; x=\"filename=b.png\"; filename=a.png", "a.png"),
        ("inline; filename=\"\"", "link.png"), ("inline; filename=\"..\"", "link.png"), ("inline", "link.png"),
        ("", "link.png"), ("=;=;\"", "link.png"), ("inline; filename*0=a.png", "link.png"),
        ("inline; filename*=UTF-8''", "link.png"), ("inline; filename=.png.png", "png.png"),
    ])
    func `the name is that of the header, else of the link`(header: String, expected: String) throws {
        let link = try #require(URL(string: "https://cdn.example.com/a/link.png?filename=no.png"))
        let name = ServerFileName.suggested(by: ["Content-Disposition": header], link: link)
        #expect(name?.text == expected)
    }

    @Test(
        arguments: [
            ("https://x.example/a/b%20c.png?sig=1", "b c.png"),
            ("https://x.example/a/..%2F..%2Fetc%2Fpasswd", "passwd"),
            ("https://x.example/a//", "a"), ("https://x.example/", nil), ("https://x.example", nil),
            ("https://x.example/%00", nil), ("https://x.example/a%ZZ", "a%ZZ"), ("https://x.example/%2e%2e%2f", nil),
            ("https://x.example/%FF.png", "%FF.png"),
        ] as [(String, String?)]
    )
    func `the name of a link is its last path segment`(link: String, expected: String?) throws {
        let url = try #require(URL(string: link))
        #expect(ServerFileName.suggested(by: [:], link: url)?.text == expected)
    }

    @Test func `any bytes can be read`() {
        var random = SystemRandomNumberGenerator()
        let pieces = ["filename", "*", "=", "\"", "\\", ";", "'", "UTF-8", "%", "%4", "%41", " ", "é", "\u{0}", "a"]
        for _ in 0..<5_000 {
            let header = (0..<Int.random(in: 0...20)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let name = ServerFileName.suggested(by: ["Content-Disposition": header], link: nil)
            #expect(name.map { PlainFileName(reducing: $0.text) == $0 } ?? true, "\(header.debugDescription)")
        }
    }
}
