import FetchCore
import Foundation
import Testing

@Suite("Relative links") struct RelativeLinkTests {
    private func response(_ url: String?, location: String? = nil) -> FetchResponse {
        var response = FetchResponse(status: 303, headers: location.map { ["Location": $0] } ?? [:])
        response.url = url.flatMap { URL(string: $0) }
        return response
    }

    /// The examples of RFC 3986, sections 5.4.1 and 5.4.2.
    @Test(arguments: [
        ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
        ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
        ("#s", "http://a/b/c/d;p?q#s"), ("g#s", "http://a/b/c/g#s"), ("g?y#s", "http://a/b/c/g?y#s"),
        (";x", "http://a/b/c/;x"), ("g;x", "http://a/b/c/g;x"), ("g;x?y#s", "http://a/b/c/g;x?y#s"),
        (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"), ("../", "http://a/b/"),
        ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../", "http://a/"), ("../../g", "http://a/g"),
        ("../../../g", "http://a/g"), ("../../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
        ("g.", "http://a/b/c/g."), (".g", "http://a/b/c/.g"), ("g..", "http://a/b/c/g.."), ("..g", "http://a/b/c/..g"),
        ("./../g", "http://a/b/g"), ("./g/.", "http://a/b/c/g/"), ("g/./h", "http://a/b/c/g/h"),
        ("g/../h", "http://a/b/c/h"), ("g;x=1/./y", "http://a/b/c/g;x=1/y"), ("g;x=1/../y", "http://a/b/c/y"),
        ("g?y/./x", "http://a/b/c/g?y/./x"), ("g?y/../x", "http://a/b/c/g?y/../x"),
        ("g#s/./x", "http://a/b/c/g#s/./x"), ("g#s/../x", "http://a/b/c/g#s/../x"),
    ])
    func `a link is resolved against the URL of the response as in RFC 3986`(link: String, url: String) throws {
        let response = response("http://a/b/c/d;p?q", location: link)
        #expect(try response.url(of: link).absoluteString == url)
        #expect(try response.location.absoluteString == url)
    }

    @Test func `the query of a link stays as it is`() throws {
        let response = response("https://api.example.com/v1/jobs/7?version=2")
        let url = try response.url(of: "/files/7?sig=a%2Fb%3D&x=+")
        #expect(url.absoluteString == "https://api.example.com/files/7?sig=a%2Fb%3D&x=+")
    }

    @Test func `a response without Location is malformed, and so is a Location that isn't a URL`() {
        for response in [response("https://api.example.com"), response("https://api.example.com", location: "1:2")] {
            let error = #expect(throws: FetchError.self) { try response.location }
            #expect(error?.code == .malformedResponse)
            #expect(error?.httpStatus == 303)
        }
    }

    @Test func `without the URL of the response a relative link stays relative`() throws {
        #expect(try response(nil).url(of: "/files/7").absoluteString == "/files/7")
    }
}
