import FetchCore
import Foundation

/// A request or response of a fixture: a first line, header fields, an empty line and a body.
struct HTTPMessage {
    var firstLine: String
    var headers: HeaderFields
    var body: Data

    /// Returns the messages of a fixture. A line with `###` separates two messages.
    static func all(in text: String) -> [Self] {
        text.split(separator: "###\n").map { Self(String($0)) }
    }

    private init(_ text: String) {
        let halves = text.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        var lines = halves[0].split(separator: "\n").map(String.init)[...]
        firstLine = lines.popFirst() ?? ""
        headers = [:]
        for line in lines {
            let parts = line.split(separator: ": ", maxSplits: 1).map(String.init)
            headers[parts[0]] = parts.count > 1 ? parts[1] : ""
        }
        var rest = halves.count > 1 ? halves[1] : ""
        while rest.last == "\n" { rest.removeLast() }
        body = Data(rest.utf8)
    }

    /// The message as a response, if its first line is a status line such as `HTTP/1.1 200`.
    var response: FetchResponse {
        let status = firstLine.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        return FetchResponse(status: status, headers: headers, body: body)
    }
}
