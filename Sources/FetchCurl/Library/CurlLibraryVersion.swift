import CurlFunctions
package import FetchCore
import SystemLibrary

/// The version of a libcurl and what it was built with.
package struct CurlLibraryVersion: Sendable, Hashable {
    /// The version as 0xXXYYZZ: 0x074400 is 7.68.0.
    package var number: UInt32
    /// The version as people write it, such as `7.88.1`.
    package var text: String
    /// True if it was built with a TLS library.
    package var hasTLS: Bool
    /// True if it was built with HTTP/2. Without it, requests use HTTP/1.1.
    package var hasHTTP2: Bool

    /// Creates a version.
    package init(number: UInt32, text: String, hasTLS: Bool, hasHTTP2: Bool) {
        self.number = number
        self.text = text
        self.hasTLS = hasTLS
        self.hasHTTP2 = hasHTTP2
    }

    init(of library: SystemLibrary) throws {
        let inform = try library.symbol(
            "curl_version_info",
            as: (@convention(c) (Int32) -> UnsafeMutableRawPointer?).self
        )
        // The oldest form of the answer has all that is read here.
        guard let information = inform(0)?.assumingMemoryBound(to: CurlVersion.self).pointee else {
            throw FetchError(.transportUnavailable, "libcurl doesn't state its version", remedy: Self.remedy)
        }
        number = information.versionNumber
        text = information.version.map { String(cString: $0) } ?? "of an unknown version"
        hasTLS = information.features & 1 << 2 != 0
        hasHTTP2 = information.features & 1 << 16 != 0
    }

    /// Checks that the transport can work with the library.
    ///
    /// - Throws: `FetchError` with the code `transportUnavailable` for a version before 7.68, and without TLS.
    package func checkRequirements() throws(FetchError) {
        guard number >= 0x074400 else {
            throw FetchError(.transportUnavailable, "libcurl \(text) is too old", remedy: Self.remedy)
        }
        guard hasTLS else {
            throw FetchError(.transportUnavailable, "libcurl \(text) was built without TLS", remedy: Self.remedy)
        }
    }

    static let remedy = "Install libcurl 7.68 or later, built with TLS."
}
