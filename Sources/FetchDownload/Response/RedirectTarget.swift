package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// The rules about following a redirect.
package enum RedirectTarget {
    /// The maximum number of redirects of one download.
    package static let maximumCount = 5

    /// Returns the URL to request next, without a fragment.
    ///
    /// - Parameters:
    ///   - location: The value of the `Location` header, which may be relative.
    ///   - url: The URL that was requested.
    ///   - count: The number of redirects before this one.
    /// - Returns: An absolute http or https URL.
    /// - Throws: `FetchError` with the code `redirected` after five redirects and if there is no location, or
    ///   `refusedURL` if the target isn't http or https, has user information or no host, or is http after https.
    package static func url(location: String?, from url: URL, after count: Int) throws(FetchError) -> URL {
        let host = Excerpt(url.host() ?? "", maxLength: 80)
        guard count < maximumCount else {
            throw FetchError(.redirected, "\(host) redirected the download more than \(maximumCount) times")
        }
        guard let location = location?.trimmingSpace, !location.isEmpty,
            let resolved = URL(string: location, relativeTo: url)?.absoluteURL,
            let target = withoutFragment(resolved)
        else { throw FetchError(.redirected, "\(host) redirected the download without a usable location") }
        let origin = try Origin(of: target)
        guard origin.scheme == "https" || url.scheme?.lowercased() != "https" else {
            throw FetchError(.refusedURL, "\(host) redirected the download from https to http")
        }
        return target
    }

    private static func withoutFragment(_ url: URL) -> URL? {
        URL(string: String(Substring(url.absoluteString.unicodeScalars.prefix { $0 != "#" })))
    }
}
