import FetchCore
import Foundation
import TestSupport

/// Responses that aren't the file, or that state something else than they send.
enum UnusualResponses {
    private static let bytes = SampleFiles.png
    private static let digest = "Repr-Digest: sha-256=:\(Data(SHA256.hash(bytes)).base64EncodedString()):"
    private static let wrongDigest = "Repr-Digest: sha-256=:\(Data(SHA256.hash([1])).base64EncodedString()):"

    /// Pages, documents and empty bodies in place of a picture.
    private static let substitutes: [DownloadCase] = [
        ("a page", "text/html", "<!DOCTYPE html><html><body>Sign in</body></html>"),
        ("a page with the type of the picture", "image/png", "<html><body>404</body></html>"),
        ("JSON", "application/json", #"{"detail":"not found"}"#), ("a message", "text/plain", "Not Found"),
        ("an error document", "application/xml", "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code></Error>"),
        ("a document without a type", "", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
        ("nothing", "image/png", ""),
    ]
    .flatMap { name, type, body in
        WireResponse.Framing.allCases.map { framing in
            DownloadCase("\(name) in place of a picture, \(framing)", .failure(.unexpectedOutput), requests: 1) {
                _,
                _ in
                WireResponse(
                    fields: type.isEmpty ? [] : ["Content-Type: \(type)"],
                    body: Array(body.utf8),
                    framing: framing
                )
            }
        }
    }

    /// Statuses, each for every request.
    private static let statuses: [DownloadCase] = [
        ("202 Accepted", .unexpectedOutput, 1), ("204 No Content", .unexpectedOutput, 1),
        ("205 Reset Content", .unexpectedOutput, 1), ("300 Multiple Choices", .redirected, 1),
        ("304 Not Modified", .redirected, 1), ("400 Bad Request", .badRequest, 1),
        ("401 Unauthorized", .unauthorized, 1), ("402 Payment Required", .paymentRequired, 1),
        ("403 Forbidden", .outputExpired, 1), ("404 Not Found", .outputExpired, 1), ("410 Gone", .outputExpired, 1),
        ("405 Method Not Allowed", .badRequest, 1), ("408 Request Timeout", .requestTimeout, 8),
        ("409 Conflict", .temporarilyRefused, 8), ("418 Teapot", .badRequest, 1),
        ("423 Locked", .temporarilyRefused, 8),
        ("425 Too Early", .temporarilyRefused, 8), ("429 Too Many Requests", .rateLimited, 8),
        ("451 Unavailable For Legal Reasons", .badRequest, 1), ("500 Internal Server Error", .serverError, 8),
        ("502 Bad Gateway", .serverError, 8), ("503 Service Unavailable", .serverError, 8),
        ("504 Gateway Timeout", .serverError, 8),
    ]
    .flatMap { status, code, requests in
        [
            DownloadCase(status, .failure(code), requests: requests) { _, _ in .status(status) },
            DownloadCase("\(status) with a picture", .failure(code), requests: requests) { _, _ in
                let hasBody = !status.hasPrefix("204") && !status.hasPrefix("304")
                return WireResponse(status: status, fields: ["Content-Type: image/png"], body: hasBody ? bytes : [])
            },
        ]
    }

    /// Failures that pass.
    private static let passing: [DownloadCase] = [1, 3, 7].flatMap { count in
        [
            DownloadCase("503 \(count) times", .file(bytes), requests: count + 1) { _, number in
                number <= count ? .status("503 Service Unavailable", "Retry-After: 3") : .file(bytes)
            },
            DownloadCase("no response \(count) times", .file(bytes), requests: count + 1) { _, number in
                number <= count ? WireResponse(ending: .reset, isSilent: true) : .file(bytes)
            },
            DownloadCase("a reset \(count) times", .file(bytes), requests: count + 1) { _, number in
                var response = WireResponse.file(bytes)
                if number <= count { (response.end, response.ending) = (40, .reset) }
                return response
            },
            DownloadCase("a wrong digest \(count) times", .file(bytes), requests: count + 1) { _, number in
                number <= count ? .file(bytes, wrongDigest) : .file(bytes, digest)
            },
        ]
    }

    private static let compressed = [UInt8]([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]) + [UInt8](repeating: 7, count: 60)

    /// Bodies that aren't as the header fields say.
    private static let contradictions: [DownloadCase] = [
        DownloadCase("gzip, although none was asked for", .failure(.unexpectedOutput), requests: 1) { request, _ in
            request["accept-encoding"] == "identity" ? .file(compressed, "Content-Encoding: gzip") : .file(bytes)
        },
        DownloadCase("gzip in chunks", .failure(.unexpectedOutput), requests: 1) { _, _ in
            .file(compressed, "Content-Encoding: gzip", framing: .chunked)
        },
        DownloadCase("another coding", .failure(.unexpectedOutput), requests: 1) { _, _ in
            .file([UInt8](repeating: 0x8F, count: 80), "Content-Encoding: br")
        },
        DownloadCase("a coding that isn't there", .file(bytes), requests: 1) { _, _ in
            .file(bytes, "Content-Encoding: gzip")
        },
        DownloadCase("the coding identity", .file(bytes), requests: 1) { _, _ in
            .file(bytes, "Content-Encoding: identity")
        },
        DownloadCase("a picture that begins like a message, cut", .file(SampleFiles.gif), requests: 2) { _, number in
            .file(SampleFiles.gif, cutAt: number == 1 ? 4 : nil)
        },
        DownloadCase("a digest that is right", .file(bytes), requests: 1) { _, _ in .file(bytes, digest) },
        DownloadCase("a digest that is always wrong", .failure(.incompleteOutput), requests: 8) { _, _ in
            .file(bytes, wrongDigest)
        },
        DownloadCase("a file without its end", .failure(.incompleteOutput), requests: 8) { _, _ in
            .file(Array(bytes.dropLast(8)))
        },
        DownloadCase("a file without its end, until close", .failure(.incompleteOutput), requests: 8) { _, _ in
            .file(Array(bytes.dropLast(8)), framing: .close)
        },
        DownloadCase("fewer bytes than announced, each time", .failure(.connectionFailed), requests: 8) { _, _ in
            .file(bytes, cutAt: 60)
        },
        DownloadCase("fewer bytes than before, alternately", .failure(.connectionFailed), requests: 9) { _, number in
            .file(bytes, cutAt: number.isMultiple(of: 2) ? 70 : 60)
        },
        DownloadCase("more bytes than announced", .failure(.incompleteOutput), requests: 8) { _, _ in
            WireResponse(fields: ["Content-Length: 60"], body: bytes, framing: .close)
        },
    ]

    static let all = substitutes + statuses + passing + contradictions
}
