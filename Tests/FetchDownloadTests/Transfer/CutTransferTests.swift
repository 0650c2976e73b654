import FetchCore
import FetchCurl
import FetchDownload
import FetchTesting
import Foundation
import Synchronization
import Testing
import TransportPeers

@Suite("Transfers that are cut") struct CutTransferTests {
    /// The way in which a server tells the end of a body.
    enum Framing: CaseIterable { case length, chunked, close }

    /// A server whose first response ends after some bytes, and whose later ones are whole.
    private struct CuttingServer {
        let bytes: [UInt8]
        let framing: Framing
        let hasTag: Bool
        let end: Int

        func serve(_ connection: Peer.Connection) {
            guard let request = connection.receiveRequest() else { return }
            let isFirst = connection.number == 1
            var start = 0
            if hasTag, let range = request.split(separator: "\r\n").first(where: { $0.hasPrefix("Range: bytes=") }) {
                start = Int(range.dropFirst(13).dropLast()) ?? 0
            }
            var fields = ["Content-Type: image/png", "Connection: close"]
            if hasTag { fields.append("ETag: \"v1\"") }
            if start > 0 { fields.append("Content-Range: bytes \(start)-\(bytes.count - 1)/\(bytes.count)") }
            let body = Array(bytes[start...])
            let sent = isFirst ? Array(body.prefix(end)) : body
            switch isFirst ? framing : .length {
            case .length: fields.append("Content-Length: \(body.count)")
            case .chunked: fields.append("Transfer-Encoding: chunked")
            case .close: break
            }
            let status = start > 0 ? "206 Partial Content" : "200 OK"
            guard connection.send((["HTTP/1.1 \(status)"] + fields + ["", ""]).joined(separator: "\r\n")) else {
                return
            }
            guard isFirst, framing == .chunked else {
                _ = connection.send(sent)
                return
            }
            for byte in sent {
                guard connection.send(Array("1\r\n".utf8) + [byte] + Array("\r\n".utf8)) else { return }
            }
        }
    }

    @Test(arguments: Framing.allCases, [true, false])
    func `a body that is cut at any byte becomes the whole file, and nothing else`(framing: Framing, hasTag: Bool)
        async throws
    {
        let bytes = SampleFiles.png
        let folder = try TemporaryFolder()
        for end in 0..<bytes.count {
            let server = CuttingServer(bytes: bytes, framing: framing, hasTag: hasTag, end: end)
            let peer = try Peer(server.serve)
            defer { peer.stop() }
            let downloads = Downloads(
                transport: try CurlTransport(),
                configuration: Downloads.Configuration(
                    addresses: .any,
                    plainHTTPHosts: ["127.0.0.1"],
                    isDurable: false
                ),
                environment: FetchClient.Environment(clock: ImpatientClock())
            )
            let artifact = Artifact(link: peer.url(path: "/a.png"))
            if framing == .close, end == 0 {
                // A complete response without a byte. No server has an empty picture, so it isn't requested again.
                let error = await #expect(throws: FetchError.self) {
                    try await downloads.save(artifact, as: .named("0.png"), in: folder.url)
                }
                #expect(error?.code == .unexpectedOutput)
                continue
            }
            let file = try await downloads.save(artifact, as: .named("\(end).png"), in: folder.url)
            #expect(try Array(Data(contentsOf: file.url)) == bytes, "cut after \(end) bytes")
            #expect(peer.connections == 2, "cut after \(end) bytes")
            #expect(file.proof == .length)
        }
        let first = framing == .close ? 1 : 0
        #expect(folder.names == (first..<bytes.count).map { "\($0).png" }.sorted())
    }
}
