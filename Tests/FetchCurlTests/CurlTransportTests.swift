import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Testing

@Suite("libcurl as a transport")
struct CurlTransportTests {
    @Test func `sends method, URL, header fields and body`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let url = try #require(URL(string: "\(server.origin)/a%2Fb/../c?page=2&q=%20"))
        let headers: HTTPHeaders = ["Content-Type": "application/json", "X-Colour": "blue", "X-Empty": ""]
        let body = Data(#"{"key":"k"}"#.utf8)
        _ = try await CurlTransport.curl.send(FetchRequest(method: .post, url: url, headers: headers, body: body))
        let request = try #require(service.requests.first)
        #expect(request.method == .post)
        #expect(request.url == url)
        #expect(request.body == body)
        #expect(request.headers["X-Colour"] == "blue")
        #expect(request.headers["X-Empty"] == "")
        #expect(request.headers["Content-Type"] == "application/json")
    }
}
