import FetchCore
import FetchDownload

/// Files that are larger than the limit or than the disk, that never end, or that are empty.
enum Sizes {
    private static let bytes = ServedFiles.picture

    /// A response that announces a length, and then sends bytes until the connection is closed.
    private static func announcing(_ length: String, _ fields: String...) -> WireResponse {
        var response = WireResponse.file(SampleFiles.png, framing: .close)
        response.fields += ["Content-Length: \(length)"] + fields
        response.isEndless = true
        return response
    }

    private static func endless(_ framing: WireResponse.Framing) -> WireResponse {
        WireResponse(fields: ["Content-Type: image/png"], body: SampleFiles.png, framing: framing, isEndless: true)
    }

    static let all: [DownloadCase] = [
        DownloadCase("10 GiB beyond the limit", .failure(.responseTooLarge), requests: 1) { _, _ in
            announcing("10737418240")
        },
        DownloadCase("10 GiB beyond the limit, with a tag", .failure(.responseTooLarge), requests: 1) { _, _ in
            announcing("10737418240", "ETag: \"v1\"")
        },
        DownloadCase("an exbibyte, beyond the disk", .failure(.storageFull), requests: 1) { _, _ in
            announcing("1152921504606846976")
        }
        .with { $0.configuration.maximumBytes = .max },
        DownloadCase("a length beyond 64 bits", .failure(.responseTooLarge), requests: 1) { _, _ in
            announcing("99999999999999999999")
        },
        DownloadCase("no end", .failure(.responseTooLarge), requests: 1) { _, _ in endless(.close) }
            .with { $0.configuration.maximumBytes = 3_000_000 },
        DownloadCase("one byte beyond the limit", .failure(.responseTooLarge), requests: 1) { _, _ in .file(bytes) }
            .with { $0.configuration.maximumBytes = Int64(bytes.count - 1) },
        DownloadCase("one byte beyond the limit, in chunks", .failure(.responseTooLarge), requests: 1) { _, _ in
            .file(bytes, framing: .chunked)
        }
        .with { $0.configuration.maximumBytes = Int64(bytes.count - 1) },
        DownloadCase("the limit", .file(bytes), requests: 1) { _, _ in .file(bytes) }
            .with { $0.configuration.maximumBytes = Int64(bytes.count) },
        DownloadCase("the limit, in chunks", .file(bytes), requests: 1) { _, _ in .file(bytes, framing: .chunked) }
            .with { $0.configuration.maximumBytes = Int64(bytes.count) },
        DownloadCase("a rest beyond the limit", .failure(.responseTooLarge), requests: 2) { request, number in
            guard number > 1, let start = request.start else {
                return .file(bytes, "ETag: \"v1\"", framing: .chunked, cutAt: 150_000)
            }
            return .rest(bytes, from: start, "ETag: \"v1\"")
        }
        .with { $0.configuration.maximumBytes = 190_000 },
        DownloadCase("an empty file of no known type", .file([]), requests: 1) { _, _ in
            WireResponse(fields: ["Content-Type: application/octet-stream"])
        }
        .with { ($0.path, $0.fileName) = ("/a", "a") },
        DownloadCase("an empty file of no known type, in chunks", .file([]), requests: 1) { _, _ in
            WireResponse(framing: .chunked)
        }
        .with { ($0.path, $0.fileName) = ("/a", "a") },
        DownloadCase("an empty file of no known type, until close", .file([]), requests: 1) { _, _ in
            WireResponse(framing: .close)
        }
        .with { ($0.path, $0.fileName) = ("/a", "a") },
        DownloadCase("an empty file in place of a picture", .failure(.unexpectedOutput), requests: 1) { _, _ in
            WireResponse(framing: .chunked)
        }
        .with { $0.path = "/a" },
        DownloadCase("a single byte", .file([7]), requests: 1) { _, _ in WireResponse(body: [7]) }.with {
            $0.path = "/a"
        },
    ]
}
