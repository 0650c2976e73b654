package import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A digest of the whole file that a server states in the header of a response.
package struct StatedDigest: Sendable, Hashable {
    package let algorithm: DigestAlgorithm
    /// The digest, of the algorithm's length.
    package let value: [UInt8]

    /// Creates a digest, or returns `nil` if the value hasn't the algorithm's length.
    package init?(_ algorithm: DigestAlgorithm, _ value: [UInt8]) {
        guard value.count == algorithm.length else { return nil }
        self.algorithm = algorithm
        self.value = value
    }

    private init?(_ algorithm: DigestAlgorithm, base64 text: some StringProtocol) {
        guard let data = Data(base64Encoded: String(text)) else { return nil }
        self.init(algorithm, Array(data))
    }

    /// Returns the digests of the whole file that a response states, the strongest first, one for each algorithm.
    ///
    /// These fields count:
    ///
    /// - `Repr-Digest`, and `Content-Digest` of a complete response
    ///   ([RFC 9530](https://www.rfc-editor.org/rfc/rfc9530)),
    /// - `x-amz-checksum-sha256` and `x-amz-checksum-crc32c`, unless they are digests of the digests of parts
    ///   ([S3](https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html)),
    /// - `x-goog-hash` ([Cloud
    ///   Storage](https://cloud.google.com/storage/docs/xml-api/reference-headers#xgooghash)).
    ///
    /// An ETag never does: that of an object that was uploaded in parts or encrypted is no digest of it. Of two fields
    /// that contradict each other for one algorithm, none counts.
    ///
    /// - Parameters:
    ///   - headers: The header fields of the response.
    ///   - isPartial: True for status 206.
    /// - Returns: An empty array if the response has a content coding, since a transport may have removed it.
    package static func all(in headers: HeaderFields, isPartial: Bool) -> [Self] {
        let coding = headers["Content-Encoding"]?.trimmingSpace.lowercased() ?? ""
        guard coding.isEmpty || coding == "identity" else { return [] }
        var digests = headers.values(of: "Repr-Digest").flatMap(DigestField.digests)
        if !isPartial { digests += headers.values(of: "Content-Digest").flatMap(DigestField.digests) }
        digests += amazon(headers) + google(headers)
        return DigestAlgorithm.allCases.compactMap { algorithm in
            let values = Set(digests.filter { $0.algorithm == algorithm })
            return values.count == 1 ? values.first : nil
        }
    }

    private static func amazon(_ headers: HeaderFields) -> [Self] {
        guard headers["x-amz-checksum-type"]?.trimmingSpace.uppercased() != "COMPOSITE" else { return [] }
        // The digest of the digests of parts has a hyphen and the number of parts at its end, which isn't base64.
        return [("x-amz-checksum-sha256", DigestAlgorithm.sha256), ("x-amz-checksum-crc32c", .crc32c)]
            .compactMap { name, algorithm in
                headers[name].flatMap { Self(algorithm, base64: $0.trimmingSpace) }
            }
    }

    private static func google(_ headers: HeaderFields) -> [Self] {
        // If the stored object is compressed and the response isn't, the hashes are those of another file.
        let stored = headers["x-goog-stored-content-encoding"]?.trimmingSpace.lowercased() ?? "identity"
        guard stored == "identity" else { return [] }
        return headers.values(of: "x-goog-hash").flatMap { $0.split(separator: ",") }.compactMap { member in
            let parts = member.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            switch String(parts[0]).trimmingSpace.lowercased() {
            case "crc32c": return Self(.crc32c, base64: String(parts[1]).trimmingSpace)
            case "md5": return Self(.md5, base64: String(parts[1]).trimmingSpace)
            default: return nil
            }
        }
    }
}
