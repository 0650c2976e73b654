import FetchCore
import Foundation

/// Header fields of responses with files, mutated.
enum HeaderSample {
    private static let values: [(String, [String])] = [
        (
            "Content-Type",
            ["image/png", "text/html; charset=utf-8", "video/mp4", "application/octet-stream", "/", "a/b/c"]
        ),
        ("Content-Range", ["bytes 0-9/10", "bytes 0-0/*", "bytes */10", "bytes 5-9/10", "items 0-1/2", "bytes 9-0/1"]),
        (
            "Content-Disposition",
            [
                "attachment; filename=\"face.png\"", "attachment; filename=../../etc/passwd",
                "inline; filename=NUL.txt",
                "attachment; filename*=UTF-8''%2e%2e%2fa%00b.png", "attachment; filename=\"C:\\\\a\\\\b.png\"",
                "attachment; filename=\"a.png\"; filename*=utf-8''%E2%80%AEgnp.exe", "attachment; filename=\".. \"",
                "attachment; filename=\"com1\"; size=3",
                "form-data; filename=\"\(String(repeating: "é", count: 300))\"",
            ]
        ),
        ("ETag", ["\"v1\"", "W/\"v1\"", "v1", "\"\"", "\"a\"b\""]),
        ("Last-Modified", ["Fri, 20 Nov 2026 10:00:00 GMT", "yesterday"]),
        ("Date", ["Sat, 21 Nov 2026 10:00:00 GMT", "Fri, 20 Nov 2026 10:00:00 GMT"]),
        ("Content-Encoding", ["gzip", "identity", "br", "gzip, identity"]),
        ("Content-Length", ["10", "0", "-1", "9223372036854775807", "99999999999999999999", "10, 10", "10, 11"]),
        (
            "Repr-Digest",
            ["sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", "sha-512=::", "md5=:x:, sha-256=:", "a=\"\\"]
        ),
        ("Content-Digest", ["sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:", ":::,,,==="]),
        ("x-amz-checksum-crc32c", ["n03x6A==", "====", "n03x6A==-3"]),
        ("x-goog-hash", ["crc32c=n03x6A==,md5=Ojk9c3dhfxgoKVVHYwFbHQ==", "crc32c=,=,", "md5"]),
        ("Retry-After", ["1", "0", "-1", "Sat, 21 Nov 2026 10:00:00 GMT", "400"]),
        (
            "Location",
            [
                "/b.png", "https://cdn.example.com/c.png", "http://cdn.example.com/", "https://127.0.0.1/", "//[", "?",
                "",
            ]
        ),
    ]

    /// Returns fields of which some are mutated.
    static func fields(_ random: inout SeededRandom) -> HeaderFields {
        var headers: HeaderFields = [:]
        for _ in 0..<random.below(7) {
            let (name, values) = random.pick(values)
            var bytes = Array(random.pick(values).utf8)
            if random.oneIn(3) {
                for _ in 0...random.below(3) { random.pick(ByteMutation.allCases).apply(to: &bytes, &random) }
            }
            let value = random.oneIn(12) ? random.pick(OddValues.strings) : String(decoding: bytes, as: UTF8.self)
            headers.append(name: name, value: value)
        }
        return headers
    }
}
