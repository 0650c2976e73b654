import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import TestSupport
import Testing

@Suite("Requests and responses over curl", .timeLimit(.minutes(1)))
struct CurlTransportTests {
    @Test(arguments: [RequestMethod.get, .post, RequestMethod("PUT"), RequestMethod("DELETE")])
    func `method, URL, header fields and body are sent unchanged`(method: RequestMethod) async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let url = try #require(URL(string: "\(server.origin)/a%2Fb/../c?page=2&q=%20"))
        let headers: HeaderFields = ["Content-Type": "application/json", "X-Colour": "blue", "X-Empty": ""]
        let body = Data(#"{"key":"k"}"#.utf8)
        _ = try await CurlTransport.curl.send(.patient(method: method, url: url, headers: headers, body: body))
        let request = try #require(service.requests.first)
        #expect(request.method == method)
        #expect(request.url == url)
        #expect(request.body == body)
        #expect(request.headers["X-Colour"] == "blue")
        #expect(request.headers["X-Empty"] == "")
        #expect(request.headers["Content-Type"] == "application/json")
    }

    @Test func `a request carries nothing from the previous one`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        let transport = try CurlTransport()
        let headers: HeaderFields = ["Content-Type": "application/json", "Authorization": "Bearer k"]
        _ = try await transport.send(.patient(method: .post, url: server.url, headers: headers, body: Data("{}".utf8)))
        _ = try await transport.send(.patient(url: server.url))
        _ = try await transport.send(.patient(method: RequestMethod("HEAD"), url: server.url))
        _ = try await transport.send(.patient(method: .post, url: server.url))
        #expect(service.requests.map(\.method.description) == ["POST", "GET", "HEAD", "POST"])
        #expect(service.requests.map { $0.headers["Authorization"] } == ["Bearer k", nil, nil, nil])
        #expect(service.requests.map { $0.headers["Content-Type"] } == ["application/json", nil, nil, nil])
        #expect(service.requests.map { $0.body ?? Data() } == [Data("{}".utf8), Data(), Data(), Data()])
    }

    @Test(arguments: [200, 204, 300, 304, 400, 401, 404, 429, 500, 503])
    func `status, header fields and body are returned for every status`(status: Int) async throws {
        let headers: HeaderFields = ["Retry-After": "7", "X-Twice": "1", "Location": "/next", "x-twice": "2"]
        let response = FetchResponse(status: status, headers: headers, body: Data("text".utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let received = try await CurlTransport.curl.send(.patient(method: .post, url: server.url))
        #expect(received.status == status)
        #expect(received.headers["retry-after"] == "7")
        #expect(received.headers.fields.filter { $0.name.lowercased() == "x-twice" }.map(\.value) == ["1", "2"])
        #expect(received.body == ([204, 304].contains(status) ? Data() : Data("text".utf8)))
    }

    @Test func `a head may have folded lines, blanks and lines without a colon`() {
        let head = "HTTP/1.1 200 OK\r\nA:  1 \r\n\tmore\r\nno colon\r\nB:\r\n  \r\nC: x: y\r\n\r\n"
        let fields = HeaderFields(head: Array(head.utf8)).fields
        #expect(fields.map(\.name) == ["A", "B", "C"])
        #expect(fields.map(\.value) == ["1 more", "", "x: y"])
    }

    @Test(arguments: ["", "X:", "X Y", "X\r\nY", "Ü"])
    func `a header field with an invalid name is refused`(name: String) async throws {
        var headers = HeaderFields()
        headers.append(name: name, value: "value")
        let url = try #require(URL(string: "http://127.0.0.1:9/"))
        let error = await #expect(throws: FetchError.self) {
            try await CurlTransport.curl.send(.patient(url: url, headers: headers))
        }
        #expect(error?.code == .malformedEndpoint)
    }

    @Test func `the error about a missing libcurl says what to install`() {
        let error = #expect(throws: FetchError.self) {
            try CurlTransport(libraries: ["libcurl-missing.so.99"], resolve: { _ in [] })
        }
        #expect(error?.code == .transportUnavailable)
        #expect(error?.isRetryable == false)
        #expect(error?.description.contains("libcurl-missing.so.99") == true)
        #expect(error?.remedy?.contains("apt-get install libcurl4") == true)
    }

    @Test func `a libcurl that is too old or has no TLS is refused`() {
        let old = CurlLibraryVersion(number: 0x074300, name: "7.67.0", hasTLS: true, hasHTTP2: true)
        let plain = CurlLibraryVersion(number: 0x075801, name: "7.88.1", hasTLS: false, hasHTTP2: true)
        let oldest = CurlLibraryVersion(number: 0x074400, name: "7.68.0", hasTLS: true, hasHTTP2: false)
        for version in [old, plain] {
            let error = #expect(throws: FetchError.self) { try version.checkRequirements() }
            #expect(error?.code == .transportUnavailable)
            #expect(error?.message.contains(version.name) == true)
        }
        #expect(throws: Never.self) { try oldest.checkRequirements() }
    }

    @Test func `the resolver's address is used for a host name`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let transport = try CurlTransport { name in
            #expect(name == "host.example")
            return ["127.0.0.1"]
        }
        let url = try #require(URL(string: "http://host.example:\(server.origin.port)/"))
        #expect(try await transport.send(.patient(url: url)).status == 200)
    }
}
