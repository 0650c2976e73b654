import FetchCore
import FetchDownload
import FetchDownloadObservability
import Foundation
import MetricsTestKit
import Testing

@Suite("Metrics of downloads") struct DownloadMetricsTests {
    private func file(_ host: String?, _ bytes: Int64, _ proof: SavedFile.Proof) throws -> SavedFile {
        let source = host.flatMap { URL(string: "https://\($0)/a.mp4?X-Amz-Signature=cafe") }
        return SavedFile(url: URL(filePath: "/tmp/a.mp4"), bytes: bytes, proof: proof, source: source)
    }

    @Test func `bytes and failures are counted by host`() throws {
        let factory = TestMetrics()
        let metrics = DownloadMetrics(factory)
        let artifact = Artifact(link: try #require(URL(string: "https://a.example/c.mp4?sig=cafe")))
        metrics.record(
            SavedOutputs(
                output: [artifact],
                files: [
                    try file("a.example", 10, .digest), try file("a.example", 5, .digest), try file(nil, 3, .length),
                ],
                failures: [
                    SavedOutputs.Failure(index: 3, artifact: artifact, error: FetchError(.outputExpired, "gone"))
                ]
            )
        )
        let bytes = { (labels: [(String, String)]) in
            factory.counterTotal(label: "fetchkit.download.bytes", dimensions: labels)
        }
        #expect(bytes([("host", "a.example"), ("proof", "digest")]) == 15)
        #expect(bytes([("host", "none"), ("proof", "length")]) == 3)
        let failures = [("host", "a.example"), ("reason", "outputExpired")]
        #expect(factory.counterTotal(label: "fetchkit.download.failures", dimensions: failures) == 1)
        #expect(!factory.everything.contains("cafe"))
    }

    @Test func `the number of hosts is limited`() throws {
        let factory = TestMetrics()
        let metrics = DownloadMetrics(factory, maximumHosts: 3)
        for number in 1...20 { metrics.record(try file("h\(number).example", 1, .none)) }
        #expect(factory.counters(label: "fetchkit.download.bytes").count == 4)
        #expect(factory.counterTotal(label: "fetchkit.download.bytes", dimensions: [("host", "other")]) == 17)
    }
}
