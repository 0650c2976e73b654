import FetchCore

/// A number in a response and its scale: `"progress"`, or `{"at": "progress", "of": 100}`.
struct NumberDeclaration: Sendable {
    enum Field: String, CaseIterable {
        case at, of
    }

    private let at: ValuePaths
    private let of: Double

    init?(_ field: FieldReader) {
        guard case .object = field.value else {
            guard let at = ValuePaths(field) else { return nil }
            (self.at, of) = (at, 1)
            return
        }
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Write the path of the number, such as \"at\": \"progress\".")
            .flatMap(ValuePaths.init)
        let of = object[.of].map { $0.positiveNumber(example: 100) } ?? 1
        guard let at, let of else { return nil }
        (self.at, self.of) = (at, of)
    }

    /// Returns the number divided by `of`, or `nil` if the response has no finite number there.
    func value(in response: ParsedResponse) -> Double? {
        guard let number = try? at.value(in: response)?.number, number.isFinite else { return nil }
        return number / of
    }

    /// Returns the number as a duration in seconds.
    func duration(in response: ParsedResponse) -> Duration? {
        value(in: response).flatMap(Duration.init(clampingSeconds:))
    }
}
