#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

extension FetchResponse {
    /// The `Retry-After` header as a duration from now, in either of its forms; nil where there is none or it is
    /// neither a number of seconds nor a date.
    ///
    /// A date is taken relative to the server's own `Date`, so that a wrong clock on either side does no harm.
    package func retryAfter(now: @autoclosure () -> Date) -> Duration? {
        guard let text = headers["Retry-After"] else { return nil }
        let words = text.split(whereSeparator: \.isWhitespace)
        if words.count == 1, let seconds = Double(words[0]) { return Duration(clampingSeconds: seconds) }
        guard let date = HTTPDate.date(from: text) else { return nil }
        let serverNow = headers["Date"].flatMap(HTTPDate.date(from:)) ?? now()
        return Duration(clampingSeconds: date.timeIntervalSince(serverNow))
    }
}
