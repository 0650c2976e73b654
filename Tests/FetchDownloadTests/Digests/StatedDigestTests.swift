import FetchCore
import FetchDownload
import Foundation
import Testing

@Suite("Digests that servers state") struct StatedDigestTests {
    // The example of RFC 9530, appendix B.1: the SHA-256 of {"hello": "world"} and a newline.
    private static let sha256 = "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg="
    private static let sha512 =
        "YMAam51Jz/jOATT6/zvHrLVgOYTGFy1d6GJiOHTohq4yP+pgk4vf2aCsyRZOtw8MjkM7iw7yZ/WkppmM44T3qg=="
    private static let crc32c = "n03x6A=="
    private static let md5 = "Ojk9c3dhfxgoKVVHYwFbHQ=="

    private func algorithms(_ headers: HeaderFields, isPartial: Bool = false) -> [DigestAlgorithm] {
        StatedDigest.all(in: headers, isPartial: isPartial).map(\.algorithm)
    }

    @Test func `the value is that of the header`() throws {
        let digest = try #require(
            StatedDigest.all(in: ["Repr-Digest": "sha-256=:\(Self.sha256):"], isPartial: false).first
        )
        #expect(digest.algorithm == .sha256)
        #expect(Data(digest.value).base64EncodedString() == Self.sha256)
        let calculation = try #require(DigestCalculation(.sha256))
        Array("{\"hello\": \"world\"}\n".utf8).withUnsafeBytes(calculation.update)
        #expect(calculation.finish() == digest.value)
    }

    @Test(
        arguments: [
            ("Repr-Digest", "sha-512=:\(sha512):, sha-256=:\(sha256):", [.sha512, .sha256]),
            ("repr-digest", " sha-256=:\(sha256): ", [.sha256]), ("Repr-Digest", "sha-256 = :\(sha256):", []),
            ("Repr-Digest", "sha-256=:\(sha256):;a=\",x\", md5=:x:", [.sha256]),
            ("Content-Digest", "sha-256=:\(sha256):", [.sha256]), ("Repr-Digest", "sha-256=\(sha256)", []),
            ("Repr-Digest", "sha-256=:\(sha256)", []), ("Repr-Digest", "sha-256=:\(crc32c):", []),
            ("Repr-Digest", "", []),
            ("Repr-Digest", "sha-256=::", []), ("Repr-Digest", "SHA-256=:\(sha256):", []),
            ("Repr-Digest", ":::,,,===", []),
            ("Repr-Digest", "sha-256=:\(sha256):x", []), ("Repr-Digest", "sha=:\(sha256):", []),
            ("Repr-Digest", "sha-256=:!!!:, sha-512=:\(sha512):", [.sha512]), ("Repr-Digest", "a=\"\\", []),
            ("x-amz-checksum-sha256", sha256, [.sha256]), ("x-amz-checksum-sha256", sha256 + "-3", []),
            ("x-amz-checksum-crc32c", crc32c, [.crc32c]), ("x-amz-checksum-crc32c", md5, []),
            ("x-goog-hash", "crc32c=\(crc32c),md5=\(md5)", [.md5, .crc32c]), ("x-goog-hash", "crc32c=, md5", []),
            ("ETag", "\"d41d8cd98f00b204e9800998ecf8427e\"", []), ("Content-MD5", md5, []),
        ] as [(String, String, [DigestAlgorithm])]
    )
    func `digests of known algorithms are read`(name: String, value: String, expected: [DigestAlgorithm]) {
        #expect(algorithms([name: value]) == expected)
    }

    @Test func `a digest of something else than the file doesn't count`() {
        let content: HeaderFields = ["Content-Digest": "sha-256=:\(Self.sha256):"]
        #expect(algorithms(content, isPartial: true) == [])
        #expect(algorithms(["Repr-Digest": "sha-256=:\(Self.sha256):"], isPartial: true) == [.sha256])
        #expect(algorithms(["Repr-Digest": "sha-256=:\(Self.sha256):", "Content-Encoding": "gzip"]) == [])
        #expect(algorithms(["Repr-Digest": "sha-256=:\(Self.sha256):", "Content-Encoding": "identity"]) == [.sha256])
        #expect(algorithms(["x-amz-checksum-sha256": Self.sha256, "x-amz-checksum-type": "COMPOSITE"]) == [])
        let stored: HeaderFields = ["x-goog-hash": "md5=\(Self.md5)", "x-goog-stored-content-encoding": "gzip"]
        #expect(algorithms(stored) == [])
    }

    @Test func `of several fields, each counts, unless they contradict each other`() {
        let several: HeaderFields = ["x-goog-hash": "crc32c=\(Self.crc32c)", "X-Goog-Hash": "md5=\(Self.md5)"]
        #expect(algorithms(several) == [.md5, .crc32c])
        let other = Data(repeating: 1, count: 32).base64EncodedString()
        #expect(algorithms(["Repr-Digest": "sha-256=:\(Self.sha256):", "x-amz-checksum-sha256": other]) == [])
        #expect(algorithms(["Repr-Digest": "sha-256=:\(other):, sha-256=:\(Self.sha256):"]) == [.sha256])
    }
}
