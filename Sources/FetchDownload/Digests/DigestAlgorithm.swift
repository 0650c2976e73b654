/// An algorithm of a digest that servers state.
package enum DigestAlgorithm: String, Sendable, Hashable, CaseIterable {
    case sha512
    case sha256
    case md5
    case crc32c

    /// The length of a digest in bytes.
    package var length: Int {
        switch self {
        case .sha512: 64
        case .sha256: 32
        case .md5: 16
        case .crc32c: 4
        }
    }
}
