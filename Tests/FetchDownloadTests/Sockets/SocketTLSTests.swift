import FetchCore
import FetchCurl
import FetchDownload
import Foundation
import Testing
import TransportPeers

/// Downloads over TLS.
@Suite("Downloads over TLS", .timeLimit(.minutes(1))) struct SocketTLSTests {
    private let bytes = SampleFiles.png

    /// Downloads a file from a server with a certificate that the transport trusts. A function responds to the request
    /// of each connection, which has a number that begins at 1.
    private func save(
        in folder: TemporaryFolder,
        _ respond: @escaping @Sendable (_ stream: TLSStream, _ number: Int) -> Void
    ) async throws -> Result<SavedFile, FetchError> {
        let authority = try CertificateAuthority()
        let file = try authority.writeFile()
        defer { try? FileManager.default.removeItem(at: file) }
        let peer = try Peer(TLSSettings(try authority.issue())) { stream, number in
            guard stream.receiveRequest() != nil else { return }
            respond(stream, number)
        }
        defer { peer.stop() }
        let downloads = Downloads(
            transport: try CurlTransport(CurlTransport.Configuration(certificateAuthorities: file.path)),
            configuration: Downloads.Configuration(
                addresses: .any,
                plainHTTPHosts: ["127.0.0.1"],
                isDurable: false
            ),
            environment: FetchClient.Environment(clock: ImpatientClock(), random: { 0 })
        )
        do {
            let artifact = Artifact(link: peer.url("https", path: "/a"))
            return .success(try await downloads.save(artifact, as: .named("a.png"), in: folder.url))
        } catch let error as FetchError {
            return .failure(error)
        }
    }

    private static func head(_ status: String, _ fields: String...) -> String {
        (["HTTP/1.1 \(status)", "Connection: close"] + fields + ["", ""]).joined(separator: "\r\n")
    }

    @Test func `a redirect to plain http isn't followed, although the host may be used with it`() async throws {
        let folder = try TemporaryFolder()
        let plain = try ResponsePeer { [bytes] _, _ in .file(bytes) }
        let location = plain.url().absoluteString
        let result = try await save(in: folder) { stream, _ in
            stream.send(Self.head("302 Found", "Location: \(location)", "Content-Length: 0"))
            stream.finish()
        }
        guard case .failure(let error) = result else {
            Issue.record("The redirect was followed.")
            return
        }
        #expect(error.code == .refusedURL)
        #expect(folder.names.isEmpty && plain.requests.isEmpty)
    }

    @Test(arguments: [true, false])
    func `a body until close is no proof that it is whole, since libraries don't tell how TLS has ended`(isEnded: Bool)
        async throws
    {
        let folder = try TemporaryFolder()
        let result = try await save(in: folder) { stream, _ in
            stream.send(Self.head("200 OK") + "\u{1} the content")
            if isEnded { stream.finish() } else { stream.cut() }
        }
        #expect(try result.get().proof == .none)
    }

    @Test func `a transfer that is cut goes on where it ended`() async throws {
        let folder = try TemporaryFolder()
        let picture = ServedFiles.picture
        let result = try await save(in: folder) { stream, number in
            let start = number == 1 ? 0 : 150_000 - 65_536
            let range = "Content-Range: bytes \(start)-\(picture.count - 1)/\(picture.count)"
            let fields = ["ETag: \"v1\"", "Content-Length: \(picture.count - start)"]
            stream.send(
                number == 1
                    ? Self.head("200 OK", fields[0], fields[1])
                    : Self.head("206 Partial Content", fields[0], fields[1], range)
            )
            _ = stream.send(Array(number == 1 ? picture[..<150_000] : picture[start...]))
            if number > 1 { stream.finish() } else { stream.cut() }
        }
        #expect(try result.get().bytes == Int64(picture.count))
        #expect(folder.names == ["a.png"] && folder.bytes(of: "a.png") == picture)
    }
}
