/// The values of a label of which each may become a time series: a limited number, and "other" for the rest.
///
/// A host, for example, may come from a provider's response. Without a limit, a provider could create any number of
/// time series.
package struct BoundedLabel: Sendable {
    /// The value that stands for all values beyond the limit.
    package static let other = "other"

    private static let maximumLength = 253

    private let limit: Int
    private var values: Set<String> = []

    /// Creates a label without values.
    ///
    /// - Parameter limit: The greatest number of values.
    package init(limit: Int) { self.limit = limit }

    /// Returns the value, or ``other`` if there are as many others already, or if the value is too long for a name.
    package mutating func value(_ text: String) -> String {
        if values.contains(text) { return text }
        guard values.count < limit, text.utf8.count <= Self.maximumLength else { return Self.other }
        values.insert(text)
        return text
    }
}
