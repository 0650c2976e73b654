#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// A whole output of a job in a file.
public struct SavedFile: Sendable, Hashable {
    /// The strongest evidence that the file is whole.
    public enum Proof: Sendable, Hashable {
        /// Its digest is the one that the server states.
        case digest
        /// It has the length that the server states, or the bytes were part of a response.
        case length
        /// Its structure is complete, such as that of a PNG file with its last chunk. The server states no length.
        case structure
        /// The server ended the transfer in the regular way, which it also does if it lost a part of the file before.
        case none
    }

    /// The location of the file.
    public let url: URL
    /// The size in bytes.
    public let bytes: Int64
    /// The strongest evidence that the file is whole.
    public let proof: Proof
    /// The media type by the content, or else the declared one. `nil` if it is unknown.
    public let mediaType: String?
    /// The link that the file was downloaded from, before redirects. `nil` if the bytes were part of the job's
    /// response.
    public let source: URL?
    /// True if a part of the file was there from an earlier download, or the whole file.
    public let wasResumed: Bool

    /// Creates a saved file, for example for a preview or a test.
    ///
    /// - Parameters:
    ///   - url: The location of the file.
    ///   - bytes: The size in bytes.
    ///   - proof: The strongest evidence that the file is whole.
    ///   - mediaType: The media type. Defaults to `nil`, which means unknown.
    ///   - source: The link that the file was downloaded from. Defaults to `nil`: the bytes were part of a response.
    ///   - wasResumed: True if a part of the file was there from an earlier download. Defaults to false.
    public init(
        url: URL,
        bytes: Int64,
        proof: Proof,
        mediaType: String? = nil,
        source: URL? = nil,
        wasResumed: Bool = false
    ) {
        self.url = url
        self.bytes = bytes
        self.proof = proof
        self.mediaType = mediaType
        self.source = source
        self.wasResumed = wasResumed
    }
}

extension SavedFile: CustomStringConvertible {
    /// The path, the size and the media type, without the link.
    public var description: String {
        "\(url.path(percentEncoded: false)), \(bytes) bytes\(mediaType.map { ", \($0)" } ?? "")"
    }
}
