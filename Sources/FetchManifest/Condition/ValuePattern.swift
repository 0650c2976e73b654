/// A status value with the wildcard `*` at its beginning, its end, or both.
struct ValuePattern: Sendable, Hashable {
    /// The text without the wildcards.
    let text: String
    private let hasLeadingWildcard: Bool
    private let hasTrailingWildcard: Bool

    /// Creates a pattern, or returns `nil` if the value has no wildcard.
    init?(_ value: String) {
        (hasLeadingWildcard, hasTrailingWildcard) = (value.hasPrefix("*"), value.hasSuffix("*"))
        guard hasLeadingWildcard || hasTrailingWildcard else { return nil }
        text = String(value.dropFirst(hasLeadingWildcard ? 1 : 0).dropLast(hasTrailingWildcard ? 1 : 0))
    }

    func matches(_ value: String) -> Bool {
        switch (hasLeadingWildcard, hasTrailingWildcard) {
        case (true, true): value.contains(text)
        case (true, false): value.hasSuffix(text)
        default: value.hasPrefix(text)
        }
    }
}
