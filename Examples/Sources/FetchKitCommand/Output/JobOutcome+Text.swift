import FetchCore
import Foundation

extension JobOutcome {
    /// The number of requests, with its unit.
    var count: String { requests == 1 ? "1 request" : "\(requests) requests" }

    /// The outputs or the failure, one per line.
    var results: [String] {
        switch result {
        case .succeeded(let output):
            let lines = outputs + output.outputArtifacts.compactMap(\.problem)
            return lines.isEmpty ? ["no output"] : lines.map(\.printable)
        case .failed(let error), .unknown(let error):
            return [(error.failure?.description ?? error.message).printable]
        }
    }

    /// The usable artifacts of a succeeded job as strings. Binary data is encoded in base64.
    var outputs: [String] {
        guard let output = result.output else { return [] }
        return output.outputArtifacts.compactMap { artifact in
            switch artifact.content {
            case .url(let url): url.absoluteString
            case .text(let text): text
            case .data(let data): data.base64EncodedString()
            case .json(let value): value.encoded
            case .unusable: nil
            }
        }
    }

    /// The provider's reason if it reports that the job has failed. `nil` for any other error.
    var failure: JobFailure? {
        guard case .failed(let error) = result, error.code == .jobFailed else { return nil }
        return error.failure ?? JobFailure(message: error.message)
    }
}

extension FetchRetry {
    /// The error, and the time until the retry.
    var summary: String { "\(error.message.printable); next request in \(nextRequest.rounded) s" }
}

extension FetchError.Code {
    /// The code as words, such as `rate limited`.
    var words: String {
        description.reduce(into: "") { words, character in
            words += character.isUppercase ? " \(character.lowercased())" : "\(character)"
        }
    }
}

extension JSONValue {
    /// The value as JSON, with the members of objects in alphabetical order.
    var encoded: String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
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
