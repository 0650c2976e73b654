/// The completeness of a file by its own structure.
package enum StructureVerdict: Sendable, Hashable {
    /// The structure ends where the file ends, so that the file isn't the beginning of a longer one.
    case whole
    /// The file ends before its structure does. The reason is a clause about the file as "it".
    case truncated(String)
    /// The structure doesn't show it: the format has no end of its own, further bytes follow the end, or the file isn't
    /// well-formed.
    case unknown
}
