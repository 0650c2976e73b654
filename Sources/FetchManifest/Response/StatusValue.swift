import FetchCore

/// The values at one path of a response, and their meanings.
struct StatusValue: Sendable {
    let at: ValuePaths
    let table: MeaningTable
    /// The meaning of any value that isn't in ``table``.
    let otherwise: Meaning?
    /// The meaning of a missing or empty value.
    let absent: Meaning?

    var meanings: Set<Meaning> { table.meanings.union([otherwise, absent].compactMap(\.self)) }

    /// Returns the meaning of a response.
    ///
    /// - Parameters:
    ///   - response: The response to the poll.
    ///   - appliesToAnyValue: True if ``otherwise`` and ``absent`` apply.
    /// - Returns: The meaning, or the value that has none.
    /// - Throws: ``FetchError`` if the HTTP status is 2xx and the body isn't JSON.
    func evaluate(
        _ response: ParsedResponse,
        appliesToAnyValue: Bool
    ) throws(FetchError) -> StatusRule.Evaluation {
        let value: JSONValue?
        do throws(FetchError) {
            value = try at.value(in: response)
        } catch  where !response.isSuccess {
            value = nil
        }
        let text = value?.scalarText
        if let text, let meaning = table.meaning(of: text) { return .meaning(meaning, unlisted: nil) }
        let unlisted = at.alternatives.contains(.httpStatus) ? nil : text
        guard value != nil else {
            return appliesToAnyValue ? absent.map { .meaning($0, unlisted: nil) } ?? .noValue : .noValue
        }
        guard appliesToAnyValue, let otherwise else { return .unknown(unlisted) }
        return .meaning(otherwise, unlisted: unlisted)
    }
}
