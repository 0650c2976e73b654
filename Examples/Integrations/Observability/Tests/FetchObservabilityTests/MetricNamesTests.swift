import FetchCore
import FetchDownload
import FetchDownloadObservability
import FetchObservability
import FetchTesting
import Foundation
import MetricsTestKit
import Testing

@Suite("Names of metrics") struct MetricNamesTests {
    /// The names and labels of the time series of a client, a store and downloads in which everything happens.
    private static func emitted() async throws -> [(name: String, labels: [(String, String)])] {
        let client = try TelemetryScenario(
            [.pending, .throttled, .done],
            FetchTelemetry.Configuration(bufferedEvents: 100)
        )
        for _ in 1...101 { client.telemetry.record(try event()) }
        let (telemetry, clock) = (client.telemetry, client.clock)
        try await client.run { client in
            // The buffer is full until the telemetry has written it.
            try await clock.sleep(for: .seconds(1))
            let batch = client.outcomes(of: [try JobReference("example.clip:1")])
            telemetry.observe(batch, named: "films")
            for try await _ in batch {}
        }
        let store = try StoreScenario { _ in FetchResponse(json: #"{"status":"processing"}"#) }
        try await store.run {}
        let factory = TestMetrics()
        let downloads = DownloadMetrics(factory)
        downloads.record(SavedFile(url: URL(filePath: "/tmp/a.mp4"), bytes: 1, proof: .digest))
        downloads.record(FetchError(.outputExpired, "gone"), of: Artifact(.text("a")))
        return [client.metrics, store.metrics, factory].flatMap { metrics in
            metrics.series.filter { metrics.emittedNames.contains($0.name) }
        }
    }

    private static func event() throws -> FetchEvent {
        FetchEvent(job: try JobReference("example.clip:9"), provider: "example", kind: .requested)
    }

    /// The rows of the table in the README: the name of a metric and those of its labels.
    private static func documented() throws -> [String: Set<String>] {
        let rows = try PackageFile.contents("README.md").split(separator: "\n").filter {
            $0.hasPrefix("| `fetchkit.") || $0.hasPrefix("| `http.")
        }
        return Dictionary(
            uniqueKeysWithValues: rows.map { row in
                let cells = row.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
                let labels = cells[2].split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                return (cells[0].trimmingCharacters(in: ["`"]), Set(labels.filter { $0 != "–" }))
            }
        )
    }

    @Test func `each metric that is emitted is in the README with its labels, and no other`() async throws {
        let documented = try Self.documented()
        let emitted = try await Self.emitted()
        #expect(Set(emitted.map(\.name)) == Set(documented.keys))
        for series in emitted {
            #expect(Set(series.labels.map(\.0)) == documented[series.name], "\(series.name)")
        }
    }

    @Test func `each metric and label in the dashboard is emitted, and each metric has a panel`() async throws {
        let dashboard = try JSONDecoder().decode(
            Dashboard.self,
            from: Data(PackageFile.contents("Dashboard/fetchkit.json").utf8)
        )
        let emitted = Dictionary(
            try await Self.emitted().map { series in
                (series.name.sanitized, Set(series.labels.map(\.0.sanitized)))
            }
        ) { $0.union($1) }
        var shown: Set<String> = []
        for expression in dashboard.panels.flatMap(\.targets).map(\.expr) {
            let names = expression.matches(of: /(?:fetchkit|http_client)_[a-z_]+/).map { match in
                ["_bucket", "_sum", "_count"].reduce(String(match.output)) { name, suffix in
                    name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
                }
            }
            #expect(!names.isEmpty)
            shown.formUnion(names)
            let labels = expression.matches(of: /by \(([a-z_, ]+)\)/).flatMap {
                $0.output.1.split(separator: ", ").map(String.init)
            }
            for name in names {
                #expect(Set(labels).subtracting(["le"]).isSubset(of: emitted[name] ?? []), "\(expression)")
            }
        }
        #expect(shown == Set(emitted.keys))
    }

    private struct Dashboard: Decodable {
        struct Panel: Decodable {
            var targets: [Target]
        }

        struct Target: Decodable {
            var expr: String
        }

        var panels: [Panel]
    }
}

extension String {
    /// The name that swift-prometheus makes of the name of a metric or label.
    fileprivate var sanitized: String { replacing(".", with: "_") }
}
