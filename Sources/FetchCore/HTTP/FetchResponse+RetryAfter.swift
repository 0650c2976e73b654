#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

extension FetchResponse {
    /// The delay before the next request that the header fields ask for, from zero to 100 years. `nil` if they ask for
    /// none.
    ///
    /// The first of these fields with a valid value applies:
    ///
    /// 1. `retry-after-ms` and `x-ms-retry-after-ms`, a number of milliseconds; the page "Polling" has the providers
    ///    that send them,
    /// 2. `Retry-After`, a number of seconds or a date ([RFC 9110, section
    ///    10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)),
    /// 3. with status 429 or 403, the end of the rate limit's window: `RateLimit-Reset`, `X-RateLimit-Reset` and
    ///    `X-Rate-Limit-Reset`, see ``rateLimitReset``.
    ///
    /// A date is compared with the response's `Date` header if there is one, so that the result doesn't depend on the
    /// clocks of server and client, and otherwise with ``receivedAt``.
    package var retryAfter: Duration? {
        for name in Self.millisecondFields {
            guard let milliseconds = headers[name].flatMap(Self.number) else { continue }
            return Duration(clampingSeconds: milliseconds / 1_000)
        }
        if let text = headers["Retry-After"] {
            if let seconds = Self.number(text) { return Duration(clampingSeconds: seconds) }
            if let date = HTTPDate.date(from: text) { return duration(until: date) }
        }
        return rateLimitReset
    }

    /// True if the response reports that no request is left in the rate limit's window.
    var hasNoRequestsLeft: Bool {
        Self.remainingFields.contains { headers[$0].flatMap(Self.number) == 0 }
    }

    private static let millisecondFields = ["retry-after-ms", "x-ms-retry-after-ms"]
    private static let remainingFields = ["RateLimit-Remaining", "X-RateLimit-Remaining", "X-Rate-Limit-Remaining"]
    private static let resetFields = ["RateLimit-Reset", "X-RateLimit-Reset", "X-Rate-Limit-Reset"]

    /// The time until the rate limit's window ends, with status 429 or 403.
    ///
    /// The value is a number of seconds from now ([IETF
    /// draft](https://datatracker.ietf.org/doc/html/draft-ietf-httpapi-ratelimit-headers-06#section-5.3)), or a Unix
    /// time in seconds
    /// ([GitHub](https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit))
    /// or in milliseconds. Servers use all three under the same names, so the magnitude decides: no window lasts for
    /// 10⁹ seconds, which are 31 years, and as Unix times in seconds 10⁹ is in 2001 and 10¹¹ in 5138.
    ///
    /// If the response also says that requests are left, the window isn't the reason of the refusal, and the field
    /// doesn't count.
    private var rateLimitReset: Duration? {
        guard status == 429 || status == 403 else { return nil }
        guard !Self.remainingFields.contains(where: { (headers[$0].flatMap(Self.number) ?? 0) > 0 }) else { return nil }
        for name in Self.resetFields {
            switch headers[name].flatMap(Self.number) {
            case nil: continue
            case let seconds? where seconds < 1e9: return Duration(clampingSeconds: seconds)
            case let unixTime? where unixTime < 1e11: return duration(until: Date(timeIntervalSince1970: unixTime))
            case let milliseconds?: return duration(until: Date(timeIntervalSince1970: milliseconds / 1_000))
            }
        }
        return nil
    }

    private func duration(until date: Date) -> Duration? {
        let serverNow = headers["Date"].flatMap(HTTPDate.date(from:)) ?? receivedAt ?? Date()
        return Duration(clampingSeconds: date.timeIntervalSince(serverNow))
    }

    /// Returns the number that a header field consists of; `nil` for anything else, and for NaN.
    private static func number(_ text: String) -> Double? {
        let parts = text.split(whereSeparator: \.isWhitespace)
        guard parts.count == 1, let number = Double(parts[0]), !number.isNaN else { return nil }
        return number
    }
}
