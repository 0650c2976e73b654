#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif
import FetchCore

/// A job at one moment, as a dialect describes it.
struct SimulatedJob {
    var job: SimulatedModelsLab.Job
    var age: Duration
    /// How many jobs were started before it: where a dialect has several forms, jobs take them in turn.
    var jobTurn: Int
    /// How many answers about the pending job went before.
    var answerTurn: Int

    /// The id as the integer that answers hold: the text's own, or one that is made of the text, the same each time.
    var number: JSONValue {
        if let number = Int64(job.id) { return .integer(number) }
        let hash = job.id.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return .integer(Int64(hash % 90_000_000) + 10_000_000)
    }

    /// The files that the job ends with.
    var outputs: [String] {
        guard case .succeeded(let links) = job.ending else { return [] }
        // Not at the base URL: nobody's test should ask the real service for a file that was never there.
        return links?.map(\.absoluteString) ?? ["https://files.modelslab.example/generations/\(fileName)"]
    }

    /// The same files, as a proxy has them.
    var proxies: [String] {
        guard case .succeeded(let links) = job.ending else { return [] }
        let names = links?.map(\.lastPathComponent) ?? [fileName]
        return names.map { "https://proxy.modelslab.example/generations/\($0)" }
    }

    /// Where a client can ask about the job again.
    func fetchResult(at baseURL: URL) -> String {
        origin(baseURL) + SimulatedRoute(job).path
    }

    /// How long the job will still take, as the service thinks; at least a second.
    var remaining: Duration? {
        job.eta.map { max($0 - age, .seconds(1)) }
    }

    private func origin(_ baseURL: URL) -> String {
        var text = baseURL.absoluteString
        while text.last == "/" { text.removeLast() }
        return text
    }

    private var fileName: String {
        "\(number.integer ?? 0)-0.\(["video", "deepfake", "faceswap"].contains(job.family) ? "mp4" : "png")"
    }
}
