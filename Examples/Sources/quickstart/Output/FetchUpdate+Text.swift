import FetchCore
import Foundation

extension FetchUpdate<any FetchOutput> {
    /// The state, and the number of requests or the time until the next one.
    var summary: String {
        switch state {
        case .pending(let progress):
            let next = nextRequest.map { "; next request in \($0.rounded) s" } ?? ""
            return progress.description.printable + next
        case .succeeded: return "done, \(count)"
        case .failed: return "failed, \(count)"
        }
    }

    /// The number of requests so far, with its unit.
    var count: String { requests == 1 ? "1 request" : "\(requests) requests" }

    /// The outputs or the failure, one per line. Empty while the job is pending.
    var outcome: [String] {
        switch state {
        case .pending: []
        case .succeeded(let output):
            outputs.isEmpty ? ["no output"] : (outputs + output.outputArtifacts.compactMap(\.problem)).map(\.printable)
        case .failed(let failure): [failure.description.printable]
        }
    }

    /// The usable artifacts of a succeeded job as strings. Binary data is encoded in base64.
    var outputs: [String] {
        guard case .succeeded(let output) = state else { return [] }
        return output.outputArtifacts.compactMap { artifact in
            switch artifact.content {
            case .url(let url): url.absoluteString
            case .text(let text): text
            case .data(let data): data.base64EncodedString()
            case .json(let value): value.text
            case .unusable: nil
            }
        }
    }
}

extension FetchRetry {
    /// The error, and the time until the retry.
    var summary: String { "\(error.message.printable); next request in \(nextRequest.rounded) s" }
}

extension JSONValue {
    /// The value as a JSON string.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

extension Duration {
    /// The duration in seconds with one decimal place.
    var rounded: String { String(format: "%.1f", self / .seconds(1)) }
}

extension String {
    /// The string without control characters. A string from a server could otherwise control the terminal.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
