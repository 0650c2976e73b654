#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A snapshot of a job from which a style creates a response.
struct SimulatedJob {
    var job: SimulatedModelsLab.Job
    var age: Duration
    /// The number of jobs that were started before this one. It selects one of the style's forms.
    var jobIndex: Int
    /// The number of previous responses about this job while it was pending. It selects one of the style's forms.
    var pendingIndex: Int

    /// The id as an integer. If the id isn't an integer, its FNV-1a hash, reduced to eight digits.
    var number: JSONValue {
        if let number = Int64(job.id) { return .integer(number) }
        let hash = job.id.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return .integer(Int64(hash % 90_000_000) + 10_000_000)
    }

    /// The links to the output files.
    var outputs: [String] {
        guard case .succeeded(let links) = job.ending else { return [] }
        // Not at the base URL, so that no test requests a nonexistent file from the real service.
        return links?.map(\.absoluteString) ?? ["https://files.modelslab.example/generations/\(fileName)"]
    }

    /// The links to the same files on a proxy.
    var proxies: [String] {
        guard case .succeeded(let links) = job.ending else { return [] }
        let names = links?.map(\.lastPathComponent) ?? [fileName]
        return names.map { "https://proxy.modelslab.example/generations/\($0)" }
    }

    /// Returns the URL at which the job is polled.
    func fetchResult(at baseURL: URL) -> String {
        origin(baseURL) + SimulatedRoute(job).path
    }

    /// The ETA minus the age, at least one second. `nil` if the job has no ETA.
    var remaining: Duration? {
        job.eta.map { max($0 - age, .seconds(1)) }
    }

    private func origin(_ baseURL: URL) -> String {
        var origin = baseURL.absoluteString
        while origin.last == "/" { origin.removeLast() }
        return origin
    }

    private var fileName: String {
        "\(number.integer ?? 0)-0.\(["video", "deepfake", "faceswap"].contains(job.family) ? "mp4" : "png")"
    }
}
