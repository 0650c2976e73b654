import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

@Suite("Requests and responses of the URLSession transport")
struct URLSessionTransportTests {
    @Test func `the method, URL, header fields and body are sent`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let url = try #require(URL(string: "\(server.origin)/a%2Fb/c?page=2&q=%20"))
        let headers: HeaderFields = ["Content-Type": "application/json", "X-Colour": "blue"]
        let body = Data(#"{"key":"k"}"#.utf8)
        _ = try await URLSessionTransport.shared.send(
            FetchRequest.patient(method: .post, url: url, headers: headers, body: body)
        )
        let request = try #require(service.requests.first)
        #expect(request.method == .post)
        #expect(request.url == url)
        #expect(request.body == body)
        #expect(request.headers["X-Colour"] == "blue")
        #expect(request.headers["Content-Type"] == "application/json")
    }

    @Test(arguments: [200, 204, 300, 304, 400, 404, 429, 500, 503])
    func `the status, header fields and body are returned for any status`(status: Int) async throws {
        let response = FetchResponse(status: status, headers: ["Retry-After": "7"], body: Data("text".utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let received = try await URLSessionTransport.shared.send(FetchRequest.patient(method: .post, url: server.url))
        #expect(received.status == status)
        #expect(received.headers["retry-after"] == "7")
        #expect(received.body == ([204, 304].contains(status) ? Data() : Data("text".utf8)))
    }

    @Test(arguments: ["Basic realm=\"x\"", "Digest realm=\"x\", nonce=\"y\"", "Bearer", "Negotiate", ""])
    func `a 401 is returned without a search for credentials`(challenge: String) async throws {
        let headers: HeaderFields = ["WWW-Authenticate": challenge]
        let service = ScriptedTransport([.response(FetchResponse(status: 401, headers: headers, body: Data("no".utf8)))]
        )
        let server = try LoopbackServer(serving: service)
        let received = try await URLSessionTransport.shared.send(FetchRequest.patient(url: server.url))
        #expect(received.status == 401)
        #expect(received.body == Data("no".utf8))
        #expect(service.requests.count == 1)
    }

    @Test(
        arguments: [301, 302, 303, 307, 308],
        ["/next", "https://example.com/?a=%zz", "//", "mailto:x?%", "http://[", ""]
    )
    func `a redirect isn't followed`(status: Int, location: String) async throws {
        let response = FetchResponse(status: status, headers: ["Location": location], body: Data("moved".utf8))
        let service = ScriptedTransport([.response(response), .json("followed")])
        let server = try LoopbackServer(serving: service)
        let received = try await URLSessionTransport.shared.send(FetchRequest.patient(method: .post, url: server.url))
        #expect(received.status == status)
        #expect(received.headers["Location"] ?? "" == location)
        if location == "/next" { #expect(received.body == Data("moved".utf8)) }
        #expect(service.requests.count == 1)
    }

    @Test func `cookies are neither stored nor sent`() async throws {
        let service = ScriptedTransport([.json("1", headers: ["Set-Cookie": "a=b; Path=/"])])
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(url: server.url)
        for _ in 0..<2 { _ = try await URLSessionTransport.shared.send(request) }
        #expect(service.requests.map { $0.headers["Cookie"] } == [nil, nil])
    }

    @Test func `responses aren't cached`() async throws {
        let headers: HeaderFields = ["Cache-Control": "max-age=3600", "ETag": "\"1\""]
        let service = ScriptedTransport([.json("1", headers: headers), .json("2", headers: headers)])
        let server = try LoopbackServer(serving: service)
        let request = FetchRequest.patient(url: server.url)
        _ = try await URLSessionTransport.shared.send(request)
        #expect(try await URLSessionTransport.shared.send(request).body == Data("2".utf8))
        #expect(service.requests.last?.headers["If-None-Match"] == nil)
    }
}
