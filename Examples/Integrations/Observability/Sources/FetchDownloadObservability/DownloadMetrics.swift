public import FetchCore
public import FetchDownload
import FetchMetrics
public import Metrics
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Counts the bytes of saved outputs, and the outputs that couldn't be saved.
///
/// ```swift
/// let downloadMetrics = DownloadMetrics()
/// let saved = try await client.download(outputsOf: job, into: directory)
/// downloadMetrics.record(saved)
/// ```
///
/// A download has no events, so each result has to be recorded.
public final class DownloadMetrics: Sendable {
    private struct State {
        var bytes: MetricFamily<HostLabels, Counter>
        var failures: MetricFamily<HostLabels, Counter>
        var hosts: BoundedLabel
        var reasons: BoundedLabel
    }

    private struct HostLabels: MetricLabels {
        var host: String
        var name: String
        var value: String

        var dimensions: [(String, String)] { [("host", host), (name, value)] }
    }

    private let state: Mutex<State>

    /// Creates the metrics.
    ///
    /// - Parameters:
    ///   - metrics: Creates the metric objects. Defaults to the factory of the process, so call
    ///     `MetricsSystem.bootstrap` before.
    ///   - limit: The greatest number of hosts. All further ones are "other". Defaults to 100.
    public init(_ metrics: any MetricsFactory = MetricsSystem.factory, maximumHosts limit: Int = 100) {
        state = Mutex(
            State(
                bytes: MetricFamily(counters: MetricName.downloadedBytes, metrics),
                failures: MetricFamily(counters: MetricName.downloadFailures, metrics),
                hosts: BoundedLabel(limit: limit),
                reasons: BoundedLabel(limit: limit)
            )
        )
    }

    /// Counts the files of a job, and its outputs that couldn't be saved.
    public func record(_ outputs: SavedOutputs) {
        for file in outputs.files { record(file) }
        for failure in outputs.failures { record(failure.error, of: failure.artifact) }
    }

    /// Counts the bytes of a file, all of them also if a part was there before.
    public func record(_ file: SavedFile) {
        state.withLock { state in
            let host = state.hosts.value(file.source?.host() ?? HostLabels.none)
            let labels = HostLabels(host: host, name: "proof", value: "\(file.proof)")
            state.bytes[labels].increment(by: file.bytes)
        }
    }

    /// Counts an output that couldn't be saved.
    ///
    /// - Parameters:
    ///   - error: The reason.
    ///   - artifact: The output.
    public func record(_ error: FetchError, of artifact: Artifact) {
        state.withLock { state in
            let host = state.hosts.value(artifact.url?.host() ?? HostLabels.none)
            let labels = HostLabels(host: host, name: "reason", value: state.reasons.value(error.code.description))
            state.failures[labels].increment()
        }
    }
}
