import FetchCore

/// The value of a `Content-Range` header with the unit `bytes`
/// ([RFC 9110, section 14.4](https://www.rfc-editor.org/rfc/rfc9110#section-14.4)).
package enum ContentRange: Sendable, Hashable {
    /// The positions of the first and the last byte, and the length of the whole file, `nil` if the server doesn't know
    /// it. The first isn't behind the last, and the last is below the length.
    case part(first: Int64, last: Int64, total: Int64?)
    /// The length of the file of which no part was sent.
    case unsatisfied(total: Int64)

    /// Reads a header value; `nil` for another unit, a malformed value, or one that contradicts itself or exceeds 63
    /// bits.
    package init?(_ value: String) {
        let text = value.trimmingSpace
        guard text.utf8.prefix(6).map(ASCII.lowercased).elementsEqual("bytes ".utf8) else { return nil }
        guard let range = String(text.utf8.dropFirst(6))?.trimmingSpace else { return nil }
        let parts = range.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let total = DecimalNumber.value(parts[1])
        if parts[0] == "*" {
            guard let total else { return nil }
            self = .unsatisfied(total: total)
            return
        }
        let positions = parts[0].split(separator: "-", omittingEmptySubsequences: false)
        guard positions.count == 2, let first = DecimalNumber.value(positions[0]),
            let last = DecimalNumber.value(positions[1]), first <= last, last < .max,
            parts[1] == "*" || total.map({ last < $0 }) == true
        else { return nil }
        self = .part(first: first, last: last, total: total)
    }

}
