package import FetchCore

/// The facts about a file at the regular end of its transfer.
package struct Completeness: Sendable {
    /// The number of bytes in the file.
    package var received: Int64
    /// The length that the server states. `nil` if it doesn't, or if the body had a content coding.
    package var stated: Int64?
    /// The digests that the server states.
    package var digests: [StatedDigest]
    /// The digests of the file. Those that the system can't calculate are missing.
    package var calculated: [DigestAlgorithm: [UInt8]]
    /// The verdict of the file's own structure.
    package var structure: StructureVerdict

    package init(
        received: Int64,
        stated: Int64? = nil,
        digests: [StatedDigest] = [],
        calculated: [DigestAlgorithm: [UInt8]] = [:],
        structure: StructureVerdict = .unknown
    ) {
        self.received = received
        self.stated = stated
        self.digests = digests
        self.calculated = calculated
        self.structure = structure
    }

    /// Returns the proof that the file is whole.
    ///
    /// A digest counts more than the structure: it says that the file is the one that the server has. The structure
    /// counts more than a length, since a server may state the length of a file that isn't finished yet.
    ///
    /// - Throws: `FetchError` with the code `incompleteOutput`, retryable, if the file isn't whole.
    package func proof() throws(FetchError) -> SavedFile.Proof {
        if let stated, stated != received {
            throw FetchError(.incompleteOutput, "\(received) of \(stated) bytes were received")
        }
        let verifiable = digests.filter { calculated[$0.algorithm] != nil }
        if let wrong = verifiable.first(where: { calculated[$0.algorithm] != $0.value }) {
            throw FetchError(
                .incompleteOutput,
                "the \(wrong.algorithm) digest of the received file isn't the one that the server states"
            )
        }
        if !verifiable.isEmpty { return .digest }
        switch structure {
        case .truncated(let reason): throw FetchError(.incompleteOutput, "the file isn't complete: \(reason)")
        case .whole: return stated == nil ? .structure : .length
        case .unknown: return stated == nil ? .none : .length
        }
    }
}
