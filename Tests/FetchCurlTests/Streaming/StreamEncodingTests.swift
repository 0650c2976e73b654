import FetchCore
import FetchCurl
import FetchTesting
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite("Encodings of streamed responses over curl", .timeLimit(.minutes(1)))
struct StreamEncodingTests {
    private static let body = Data(String(repeating: "text ", count: 20_000).utf8)

    /// Returns a server that compresses every response, and the `Accept-Encoding` fields that it received.
    private static func server() throws -> (LoopbackServer, fields: @Sendable () -> [String]) {
        let log = EventLog<String>()
        let server = try LoopbackServer { request in
            log.record(
                request.headers.fields.filter { $0.name.lowercased() == "accept-encoding" }.map(\.value).joined()
            )
            return .fault(.gzip, in: .response(FetchResponse(status: 200, body: body)))
        }
        return (server, { log.events })
    }

    @Test(arguments: ["identity", "Identity"])
    func `identity reaches the server, and a compressed body is returned as received`(field: String) async throws {
        let (server, fields) = try Self.server()
        let request = FetchRequest.download(server.url, headers: ["accept-encoding": field])
        let response = try await CurlTransport.curl.stream(request)
        #expect(response.headers["Content-Encoding"] == "gzip")
        let bytes = try await response.body.whole()
        #expect(bytes.starts(with: [0x1F, 0x8B]))
        #expect(response.headers["Content-Length"] == "\(bytes.count)")
        #expect(fields() == [field])
    }

    @Test func `without a field of its own, a request offers compression, and the body is decompressed`() async throws {
        let (server, fields) = try Self.server()
        let response = try await CurlTransport.curl.stream(.download(server.url, headers: [:]))
        #expect(try await response.body.whole() == Self.body)
        #expect(fields().first?.contains("gzip") == true)
    }

    @Test func `the encoding of one stream has no effect on the next`() async throws {
        let (server, _) = try Self.server()
        let transport = try CurlTransport()
        for _ in 0..<2 {
            let identity = try await transport.stream(.download(server.url)).body.whole()
            #expect(identity.starts(with: [0x1F, 0x8B]))
            #expect(try await transport.stream(.download(server.url, headers: [:])).body.whole() == Self.body)
            #expect(try await transport.send(.patient(url: server.url)).body == Self.body)
        }
    }

    @Test func `a decompression bomb ends at the limit, and one that isn't read is held back`() async throws {
        let server = try LoopbackServer { _ in .fault(.gzipBomb(bytes: 1 << 30)) }
        let limited = try await CurlTransport.curl.stream(.download(server.url, headers: [:], responseLimit: 5_000_000))
        let (bytes, error) = await limited.body.rest()
        #expect(bytes.count <= 5_000_000)
        #expect((error as? FetchError)?.code == .responseTooLarge)
        // Each chunk that is read lets libcurl continue.
        let response = try await CurlTransport.curl.stream(.download(server.url, headers: [:]))
        var (chunks, read) = (response.body.makeAsyncIterator(), 0)
        while read < 100 << 20 {
            let chunk = try #require(try await chunks.next())
            #expect(chunk.allSatisfy { $0 == UInt8(ascii: " ") })
            read += chunk.count
        }
    }
}
