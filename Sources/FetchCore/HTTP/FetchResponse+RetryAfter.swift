#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension FetchResponse {
    /// Returns the `Retry-After` header as a duration from now, from zero to 100 years.
    ///
    /// The header may contain a number of seconds or a date. A date is compared with the response's `Date` header if
    /// there is one, so that the result doesn't depend on the clocks of server and client.
    ///
    /// - Parameter now: The current date. It is evaluated only if the response has no `Date` header.
    /// - Returns: The duration, or `nil` if there is no such header or it is malformed.
    package func retryAfter(now: @autoclosure () -> Date) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        let parts = text.split(whereSeparator: \.isWhitespace)
        if parts.count == 1, let seconds = Double(parts[0]) { return Duration(clampingSeconds: seconds) }
        guard let date = HTTPDate.date(from: text) else { return nil }
        let serverNow = headers["Date"].flatMap(HTTPDate.date(from:)) ?? now()
        return Duration(clampingSeconds: date.timeIntervalSince(serverNow))
    }
}
