import FetchCore
import Foundation

extension FetchUpdate<any FetchOutput> {
    /// The state, and how often it was asked for.
    var summary: String {
        switch state {
        case .pending(let progress):
            let next = nextRequest.map { "; next request in \($0.rounded) s" } ?? ""
            return progress.description.printable + next
        case .succeeded: return "done, \(count)"
        case .failed: return "failed, \(count)"
        }
    }

    /// How often the job was asked about.
    var count: String { requests == 1 ? "1 request" : "\(requests) requests" }

    /// What the job ended with, a line for each piece; empty while it is pending.
    var outcome: [String] {
        switch state {
        case .pending: []
        case .succeeded: outputs.isEmpty ? ["no output"] : outputs.map(\.printable)
        case .failed(let failure): [failure.description.printable]
        }
    }

    /// What the job yielded, each piece as text.
    var outputs: [String] {
        guard case .succeeded(let output) = state else { return [] }
        return output.outputArtifacts.map { artifact in
            switch artifact.content {
            case .url(let url): url.absoluteString
            case .text(let text): text
            case .data(let data): data.base64EncodedString()
            case .json(let value): value.text
            }
        }
    }
}

extension FetchRetry {
    /// What went wrong, and when it is tried again.
    var summary: String { "\(error.message.printable); next request in \(nextRequest.rounded) s" }
}

extension JSONValue {
    /// The value as JSON.
    var text: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

extension Duration {
    /// Seconds with one digit after the point.
    var rounded: String { String(format: "%.1f", seconds) }
}

extension String {
    /// The text without what could move the cursor or colour the screen: it may come from a server.
    var printable: String {
        String(String.UnicodeScalarView(unicodeScalars.filter { $0.properties.generalCategory != .control }))
    }
}
