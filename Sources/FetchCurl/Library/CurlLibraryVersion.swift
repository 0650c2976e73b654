import CurlFunctions
package import FetchCore
import SystemLibrary

/// The version and build features of a libcurl.
package struct CurlLibraryVersion: Sendable, Hashable {
    /// The version as 0xXXYYZZ: 0x074400 is 7.68.0.
    package var number: UInt32
    /// The version in dotted form, such as `7.88.1`.
    package var name: String
    /// True if libcurl was built with a TLS library.
    package var hasTLS: Bool
    /// True if libcurl was built with HTTP/2. Without it, requests use HTTP/1.1.
    package var hasHTTP2: Bool

    package init(number: UInt32, name: String, hasTLS: Bool, hasHTTP2: Bool) {
        self.number = number
        self.name = name
        self.hasTLS = hasTLS
        self.hasHTTP2 = hasHTTP2
    }

    init(of library: SystemLibrary) throws {
        let versionInfo = try library.symbol(
            "curl_version_info",
            as: (@convention(c) (Int32) -> UnsafeMutableRawPointer?).self
        )
        // Version 0 of the structure (CURLVERSION_FIRST) has all members that are read here.
        guard let information = versionInfo(0)?.assumingMemoryBound(to: CurlVersion.self).pointee else {
            throw FetchError(.transportUnavailable, "libcurl doesn't report its version", remedy: Self.remedy)
        }
        number = information.versionNumber
        name = information.version.map { String(cString: $0) } ?? "of an unknown version"
        hasTLS = information.features & 1 << 2 != 0
        hasHTTP2 = information.features & 1 << 16 != 0
    }

    /// Checks that the version meets the transport's requirements.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` if the version is older than 7.68 or has no TLS.
    package func checkRequirements() throws(FetchError) {
        guard number >= 0x074400 else {
            throw FetchError(.transportUnavailable, "libcurl \(name) is too old", remedy: Self.remedy)
        }
        guard hasTLS else {
            throw FetchError(.transportUnavailable, "libcurl \(name) was built without TLS", remedy: Self.remedy)
        }
    }

    static let remedy = "Install libcurl 7.68 or later, built with TLS."
}
