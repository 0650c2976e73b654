package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The file name that a server suggests.
package enum ServerFileName {
    /// Returns the first usable name of `filename*`, `filename` and the last path segment of the link, reduced to a
    /// plain name. `nil` if none of them is usable.
    package static func suggested(by headers: HeaderFields, link: URL?) -> PlainFileName? {
        let disposition = headers["Content-Disposition"].map(ContentDisposition.init)
        return disposition?.extendedFileName.flatMap(PlainFileName.init(reducing:))
            ?? disposition?.fileName.flatMap(PlainFileName.init(reducing:))
            ?? link.flatMap(lastSegment).flatMap(PlainFileName.init(reducing:))
    }

    /// Returns the last path segment that isn't empty, decoded. Its query is never part of it.
    private static func lastSegment(of link: URL) -> String? {
        let path = link.path(percentEncoded: true)
        guard let segment = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Substring.init) else { return nil }
        return PercentEncoding.decode(segment) ?? String(segment)
    }
}
