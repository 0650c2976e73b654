import FetchCore

/// Where a number stands, and what it is a number of: `"progress"`, or `{"at": "progress", "of": 100}`.
struct NumberReading: Sendable {
    enum Field: String, CaseIterable {
        case at, of
    }

    private let at: Places
    private let of: Double

    init?(_ field: FieldReader) {
        guard case .object = field.value else {
            guard let at = Places(field) else { return nil }
            (self.at, of) = (at, 1)
            return
        }
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Say where the number stands, such as \"at\": \"progress\".").flatMap(Places.init)
        let of = object[.of].map { $0.positiveNumber(suchAs: 100) } ?? 1
        guard let at, let of else { return nil }
        (self.at, self.of) = (at, of)
    }

    /// The number, divided by what it is of. Nil where there is none, or none that a job can have.
    func value(in answer: Answer) -> Double? {
        guard let number = try? at.value(in: answer)?.number, number.isFinite else { return nil }
        return number / of
    }

    /// The number as seconds.
    func duration(in answer: Answer) -> Duration? {
        value(in: answer).flatMap(Duration.init(clampingSeconds:))
    }
}
