import FetchCore
import FetchDownload
import Foundation
import SystemLibrary
import Testing

@Suite("Digests") struct DigestTests {
    /// Test vectors: RFC 6234 and FIPS 180-4 for SHA-2, RFC 1321 for MD5, RFC 3720 for CRC32C.
    private static let vectors: [(DigestAlgorithm, [UInt8], String)] = [
        (.sha256, [], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        (.sha256, Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            .sha256, Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
        (
            .sha512, Array("abc".utf8),
            "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                + "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f"
        ),
        (.md5, [], "d41d8cd98f00b204e9800998ecf8427e"),
        (.md5, Array("message digest".utf8), "f96b697d7cb7938d525a2f31aaf161d0"),
        (.crc32c, Array(repeating: 0, count: 32), "8a9136aa"), (.crc32c, Array(repeating: 0xFF, count: 32), "62a8ab43"),
        (.crc32c, Array(0..<32), "46dd794e"), (.crc32c, Array((0..<32).reversed()), "113fdb5c"),
        (.crc32c, Array("123456789".utf8), "e3069283"), (.crc32c, [], "00000000"),
    ]

    @Test(arguments: vectors)
    func `digests have the values of the specifications, however the bytes are divided`(
        algorithm: DigestAlgorithm,
        bytes: [UInt8],
        expected: String
    ) throws {
        for size in [1, 3, 8, 13, max(bytes.count, 1)] {
            let calculation = try #require(DigestCalculation(algorithm))
            for start in stride(from: 0, to: bytes.count, by: size) {
                bytes[start..<min(start + size, bytes.count)].withUnsafeBytes(calculation.update)
            }
            #expect(hexadecimal(calculation.finish()) == expected)
        }
    }

    @Test func `a million bytes are digested`() throws {
        let calculation = try #require(DigestCalculation(.sha256))
        let block = [UInt8](repeating: UInt8(ascii: "a"), count: 1_000)
        for _ in 0..<1_000 { block.withUnsafeBytes(calculation.update) }
        #expect(
            hexadecimal(calculation.finish()) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
        )
    }

    #if !canImport(CryptoKit)
        @Test func `a library that is missing or has no digests is an error, and no digest`() {
            #expect(throws: SystemLibraryError.self) { try CryptoFunctions(names: ["libcrypto-of-nowhere.so.3"]) }
            #expect(throws: SystemLibraryError.self) { try CryptoFunctions(names: ["libc.so.6"]) }
        }
    #endif

    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
