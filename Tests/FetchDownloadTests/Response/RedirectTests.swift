import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Redirects of downloads") struct RedirectTests {
    @Test(
        arguments: [
            ("https://a.example/x?k=1", "https://b.example/y?s=2", "https://b.example/y?s=2"),
            ("https://a.example/d/x", "/y", "https://a.example/y"),
            ("https://a.example/d/x", "y", "https://a.example/d/y"),
            ("https://a.example/d/x", "../y#part", "https://a.example/y"),
            ("https://a.example/x", "//b.example/y", "https://b.example/y"),
            ("http://a.example/x", "https://a.example/x", "https://a.example/x"),
            ("http://a.example/x", "http://b.example/x", "http://b.example/x"),
            ("https://a.example/x?k=1", "?k=2", "https://a.example/x?k=2"),
            ("https://a.example/x", "HTTPS://B.example/ü", "HTTPS://B.example/%C3%BC"),
            ("https://a.example/x", "http://b.example/y", nil), ("https://a.example/x", "HTTP://b.example/y", nil),
            ("https://a.example/x", "https://user:secret@b.example/y", nil),
            ("https://a.example/x", "https://user@b.example/y", nil),
            ("https://a.example/x", "ftp://b.example/y", nil), ("https://a.example/x", "file:///etc/passwd", nil),
            ("https://a.example/x", "data:text/plain,text", nil), ("https://a.example/x", "javascript:alert(1)", nil),
            ("https://a.example/x", "https:///y", nil), ("https://a.example/x", "https://", nil),
            ("https://a.example/x", "", nil),
            ("https://a.example/x", nil, nil), ("https://a.example/x", "  ", nil),
            ("https://a.example/x", "https://[::1", nil),
            ("https://a.example/x", "https://b.example%2f@c.example/", nil),
        ] as [(String, String?, String?)]
    )
    func `only another http or https address without user information is followed, and never from https to http`(
        from: String,
        location: String?,
        expected: String?
    ) throws {
        let url = try #require(URL(string: from))
        do {
            let target = try RedirectTarget.url(location: location, from: url, after: 0)
            #expect(target.absoluteString == expected)
        } catch {
            #expect(expected == nil)
            #expect([.refusedURL, .redirected].contains(error.code))
            #expect(!error.description.contains("secret"), "\(error)")
        }
    }

    @Test func `at most five redirects are followed`() throws {
        let url = try #require(URL(string: "https://a.example/x?key=secret"))
        #expect(throws: Never.self) { try RedirectTarget.url(location: "/y", from: url, after: 4) }
        let error = try #require(
            #expect(throws: FetchError.self) { try RedirectTarget.url(location: "/y", from: url, after: 5) }
        )
        #expect(error.code == .redirected)
        #expect(error.message.contains("a.example"))
        #expect(!error.description.contains("secret"))
    }
}
