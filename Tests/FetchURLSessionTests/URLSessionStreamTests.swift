import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

@Suite("Streamed responses of the URLSession transport", .timeLimit(.minutes(1)))
struct URLSessionStreamTests {
    #if os(Linux)
        @Test func `a reader that is far behind gets what was received, and then an error that names a remedy`()
            async throws
        {
            let server = try RawServer { connection in
                _ = connection.receiveHead()
                connection.send("HTTP/1.1 200 OK\r\n\r\n")
                var number = 0
                // Each block has a number, so that a gap or a repetition is found.
                while connection.send("\(number)".padding(toLength: 65_536, withPad: ".", startingAt: 0)) {
                    number += 1
                }
            }
            let request = FetchRequest.patient(url: server.url, responseLimit: 1 << 40)
            let response = try await URLSessionTransport.shared.stream(request)
            // The server can send no more after the error.
            await server.end()
            let (body, error) = await response.body.rest()
            #expect((64 << 20...66 << 20).contains(body.count))
            for number in 0..<(64 << 20) / 65_536 {
                #expect(body[(number * 65_536)...].starts(with: Data("\(number).".utf8)))
            }
            let failure = try #require(error as? FetchError)
            #expect(failure.code == .connectionFailed)
            #expect(failure.remedy?.contains(".curl") == true)
        }
    #endif

    @Test func `streams that aren't read delay neither other requests nor other streams`() async throws {
        let silent = LoopbackResponse.fault(
            .silence(.inBody(after: 1_000)),
            in: .json(String(repeating: "x", count: 9_999))
        )
        let server = try LoopbackServer { request in request.url.path() == "/long" ? silent : .json("{}") }
        let url = try #require(URL(string: "\(server.origin)/long"))
        let transport = URLSessionTransport()
        var unread: [StreamedResponse] = []
        for _ in 0..<8 { unread.append(try await transport.stream(.patient(url: url))) }
        for _ in 0..<10 {
            #expect(try await transport.send(.patient(url: server.url)).status == 200)
            #expect(try await transport.stream(.patient(url: server.url)).body.whole() == Data("{}".utf8))
        }
        unread = []
        // One connection for requests and one for streams are kept.
        #expect(await Eventually.holds { server.openConnections <= 2 })
    }

    @Test func `a body can be read after the transport is released`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json(String(repeating: "x", count: 3_000_000))]))
        let body = try await URLSessionTransport().stream(.patient(url: server.url)).body
        #expect(try await body.whole().count == 3_000_000)
    }

    @Test(arguments: [("Basic realm=\"x\"", "no"), ("Bearer", ""), ("Digest realm=\"x\", nonce=\"y\"", "denied")])
    func `a 401 is returned with its body`(challenge: String, body: String) async throws {
        let response = FetchResponse(status: 401, headers: ["WWW-Authenticate": challenge], body: Data(body.utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let streamed = try await URLSessionTransport.shared.stream(.patient(url: server.url))
        #expect(streamed.status == 401)
        #expect(try await streamed.body.whole() == Data(body.utf8))
    }

    @Test(arguments: [301, 302, 307], ["/next", "http://[", "mailto:x"])
    func `a redirect is returned with its body`(status: Int, location: String) async throws {
        let response = FetchResponse(status: status, headers: ["Location": location], body: Data("moved".utf8))
        let service = ScriptedTransport([.response(response), .json("followed")])
        let server = try LoopbackServer(serving: service)
        let streamed = try await URLSessionTransport.shared.stream(.patient(url: server.url))
        #expect(streamed.status == status)
        let body = try await streamed.body.whole()
        if location == "/next" { #expect(body == Data("moved".utf8)) }
        #expect(service.requests.count == 1)
    }

    @Test func `a refused address isn't connected to, and a name's addresses aren't checked`() async throws {
        let service = ScriptedTransport([.json("{}")])
        let server = try LoopbackServer(serving: service)
        var request = FetchRequest.patient(url: server.url)
        request.addressPolicy = .publicOnly
        for call in [URLSessionTransport.shared.status(of:), URLSessionTransport.shared.streamedStatus(of:)] {
            let error = await #expect(throws: FetchError.self) { try await call(request) }
            #expect(error?.code == .refusedURL)
        }
        #expect(service.requests.isEmpty)
        #expect(!URLSessionTransport.shared.enforcesAddressPolicy)
        request.addressPolicy = .publicOnly(allowing: ["127.0.0.1"])
        #expect(try await URLSessionTransport.shared.streamedStatus(of: request) == 200)
    }

    #if os(Linux)
        @Test func `streams that are dropped leave no descriptor`() async throws {
            let long = LoopbackResponse.fault(.endlessBody, in: .json(String(repeating: "x", count: 100_000)))
            let server = try LoopbackServer { _ in long }
            let request = FetchRequest.patient(url: server.url, responseLimit: 1 << 40)
            for number in 0..<5 {
                let response = try await URLSessionTransport.shared.stream(request)
                if number.isMultiple(of: 2) { for try await _ in response.body { break } }
            }
            #expect(await Eventually.holds { Descriptors.count(onPort: Int(server.origin.port)) <= 1 })
        }
    #endif
}

extension URLSessionTransport {
    fileprivate func status(of request: FetchRequest) async throws -> Int { try await send(request).status }

    fileprivate func streamedStatus(of request: FetchRequest) async throws -> Int { try await stream(request).status }
}
