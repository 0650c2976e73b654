import FetchCore
/// Responses to the request for the rest of a file that aren't that rest, and ranges that weren't asked for.
enum UnexpectedRanges {
    private static let bytes = ServedFiles.picture
    private static let count = bytes.count
    private static let tag = "ETag: \"v1\""

    /// A transfer that is cut in the middle, a response to the request for the rest, and then the whole file.
    private static func second(
        _ name: String,
        requests: Int = 3,
        _ respond: @escaping @Sendable (_ start: Int) -> WireResponse
    ) -> DownloadCase {
        DownloadCase(name, .file(bytes), requests: requests) { request, number in
            switch number {
            case 1: .file(bytes, tag, cutAt: count / 2)
            case 2: respond(request.start ?? 0)
            default: request.start.map { .rest(bytes, from: $0, tag) } ?? .file(bytes, tag)
            }
        }
    }

    private static func range(_ value: String, from start: Int, to end: Int = count) -> WireResponse {
        var response = WireResponse.status("206 Partial Content", "Content-Type: image/png", tag)
        if !value.isEmpty { response.fields.append("Content-Range: \(value)") }
        response.body = Array(bytes[min(start, count)..<end])
        return response
    }

    /// Rests with a wrong `Content-Range`, or without one.
    private static let wrongRanges: [DownloadCase] = [
        second("a start that is one too high") { range("bytes \($0 + 1)-\(count - 1)/\(count)", from: $0 + 1) },
        second("a start that is one too low") { range("bytes \($0 - 1)-\(count - 1)/\(count)", from: $0 - 1) },
        second("a start that is a lie") { range("bytes \($0)-\(count - 1)/\(count)", from: $0 + 1) },
        second("the whole file as a range") { _ in range("bytes 0-\(count - 1)/\(count)", from: 0) },
        second("the first half again") { _ in range("bytes 0-\(count / 2 - 1)/\(count)", from: 0, to: count / 2) },
        second("another total") { range("bytes \($0)-\(count - 1)/\(count + 1)", from: $0) },
        second("a total that is too low") { range("bytes \($0)-\(count - 1)/\(count - 1)", from: $0) },
        second("an unknown total") { range("bytes \($0)-\(count - 1)/*", from: $0) },
        second("an end that is one too low") { range("bytes \($0)-\(count - 2)/\(count)", from: $0, to: count - 1) },
        second("an end that is a lie") { range("bytes \($0)-\(count - 2)/\(count)", from: $0) },
        second("an end beyond the file") { range("bytes \($0)-\(count)/\(count)", from: $0) },
        second("no Content-Range") { range("", from: $0) },
        second("an empty Content-Range") { range(" ", from: $0) },
        second("another unit") { range("items \($0)-\(count - 1)/\(count)", from: $0) },
        second("a negative start") { range("bytes -\($0)-\(count - 1)/\(count)", from: $0) },
        second("an end below the start") { range("bytes \($0)-\($0 - 1)/\(count)", from: $0) },
        second("a number beyond 64 bits") { range("bytes \($0)-99999999999999999999/*", from: $0) },
        second("a number of 63 bits") { range("bytes \($0)-9223372036854775807/*", from: $0) },
        second("no range, but a total") { _ in range("bytes */\(count)", from: 0) },
        second("words") { range("bytes all of it", from: $0) },
    ]

    /// Other responses to the request for the rest.
    private static let otherResponses: [DownloadCase] = [
        second("the rest", requests: 2) { .rest(bytes, from: $0, tag) },
        second("the rest without a validator", requests: 2) { .rest(bytes, from: $0) },
        second("the rest with another tag") { .rest(bytes, from: $0, "ETag: \"v2\"") },
        second("the rest with a weak tag") { .rest(bytes, from: $0, "ETag: W/\"v1\"") },
        second("the rest compressed") { .rest(bytes, from: $0, tag, "Content-Encoding: gzip") },
        second("the rest of another file") { .rest(ServedFiles.other, from: $0, tag) },
        second("the rest, cut once more") { start in
            var response = WireResponse.rest(bytes, from: start, tag)
            response.end = 80_000
            return response
        },
        second("the rest, cut within what was there") { start in
            var response = WireResponse.rest(bytes, from: start, tag)
            response.end = 10
            return response
        },
        second("several parts") { start in
            let line = "Content-Type: image/png\r\nContent-Range: bytes \(start)-\(count - 1)/\(count)"
            let body = Array("--b\r\n\(line)\r\n\r\n".utf8) + bytes[start...] + Array("\r\n--b--\r\n".utf8)
            let type = "Content-Type: multipart/byteranges; boundary=b"
            return WireResponse(status: "206 Partial Content", fields: [type, tag], body: body)
        },
        second("the whole file", requests: 2) { _ in .file(bytes, tag) },
        second("the whole file in chunks", requests: 2) { _ in .file(bytes, tag, framing: .chunked) },
        second("416 with the length") { _ in
            .status("416 Range Not Satisfiable", "Content-Range: bytes */\(count)")
        },
        second("416 with another length") { _ in .status("416 Range Not Satisfiable", "Content-Range: bytes */5") },
        second("416 without a length") { _ in .status("416 Range Not Satisfiable") },
        second("500") { _ in .status("500 Internal Server Error", body: "oops") },
        second("503 for a moment") { _ in .status("503 Service Unavailable", "Retry-After: 1") },
        second("429") { _ in .status("429 Too Many Requests", "Retry-After: 2") },
        second("408") { _ in .status("408 Request Timeout") },
        second("a connection that ends") { _ in WireResponse(isSilent: true) },
    ]

    /// Ranges that weren't asked for, and the refusal of one that wasn't asked for.
    private static let unasked: [DownloadCase] = [
        DownloadCase("the whole file as a range, at once", .file(bytes), requests: 1) { _, _ in
            range("bytes 0-\(count - 1)/\(count)", from: 0)
        },
        DownloadCase("the first half as a range", .failure(.malformedResponse), requests: 8) { _, _ in
            range("bytes 0-\(count / 2 - 1)/\(count)", from: 0, to: count / 2)
        },
        DownloadCase("the second half as a range", .failure(.malformedResponse), requests: 8) { _, _ in
            range("bytes \(count / 2)-\(count - 1)/\(count)", from: count / 2)
        },
        DownloadCase("a range of unknown length", .failure(.malformedResponse), requests: 8) { _, _ in
            range("bytes 0-\(count / 2 - 1)/*", from: 0, to: count / 2)
        },
        DownloadCase("416", .failure(.badRequest), requests: 1) { _, _ in
            .status("416 Range Not Satisfiable", "Content-Range: bytes */\(count)")
        },
        DownloadCase("a range without its position", .failure(.incompleteOutput), requests: 4) { _, _ in
            range("", from: 0)
        },
    ]

    static let all = wrongRanges + otherResponses + unasked
}
