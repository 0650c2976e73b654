import FetchCore
import FetchDownload
import Testing

@Suite("Proofs that a file is whole") struct CompletenessTests {
    private static let right = [UInt8](repeating: 1, count: 32)
    private static let wrong = [UInt8](repeating: 2, count: 32)

    private func proof(
        stated: Int64? = nil,
        digest: [UInt8]? = nil,
        calculated: [UInt8]? = nil,
        structure: StructureVerdict = .unknown
    ) throws -> SavedFile.Proof {
        try Completeness(
            received: 10,
            stated: stated,
            digests: digest.flatMap { StatedDigest(.sha256, $0) }.map { [$0] } ?? [],
            calculated: calculated.map { [.sha256: $0] } ?? [:],
            structure: structure
        ).proof()
    }

    @Test func `the strongest evidence is the proof`() throws {
        #expect(try proof() == .none)
        #expect(try proof(structure: .whole) == .structure)
        #expect(try proof(stated: 10) == .length)
        #expect(try proof(stated: 10, structure: .whole) == .length)
        #expect(try proof(stated: 10, digest: Self.right, calculated: Self.right) == .digest)
        #expect(try proof(digest: Self.right, calculated: Self.right, structure: .truncated("x")) == .digest)
    }

    @Test func `a digest that can't be calculated proves nothing`() throws {
        #expect(try proof(digest: Self.right) == .none)
        #expect(try proof(stated: 10, digest: Self.right) == .length)
        #expect(throws: FetchError.self) { try proof(digest: Self.right, structure: .truncated("x")) }
    }

    @Test func `each contradiction is a retryable error`() throws {
        for body: () throws -> SavedFile.Proof in [
            { try self.proof(stated: 11) }, { try self.proof(stated: 9, digest: Self.right, calculated: Self.right) },
            { try self.proof(stated: 10, digest: Self.right, calculated: Self.wrong) },
            { try self.proof(digest: Self.right, calculated: [], structure: .whole) },
            { try self.proof(stated: 10, structure: .truncated("it ends")) },
        ] {
            let error = try #require(#expect(throws: FetchError.self) { try body() })
            #expect(error.code == .incompleteOutput)
            #expect(error.isRetryable)
        }
    }
}
