import FetchCore

/// How it stands with the job: readings that are tried in order until one decides.
struct Status: Sendable {
    /// What an answer means, and the reading that says so.
    struct Verdict {
        let meaning: Meaning
        let reading: StatusReading
        /// The word that no list has, where that is why the job is taken for pending.
        var unknownWord: String?
    }

    let readings: [StatusReading]

    func verdict(on answer: Answer) throws(FetchError) -> Verdict {
        if !readings.contains(where: \.readsHTTPStatus) { try answer.response.requireSuccess() }
        var unknown: Verdict?
        for reading in readings {
            switch try reading.finding(in: answer) {
            case .meaning(.next): continue
            case .meaning(let meaning): return Verdict(meaning: meaning, reading: reading)
            case .unknown(let word):
                unknown = Verdict(meaning: .pending, reading: reading, unknownWord: word)
            case .nothing: continue
            }
            // Whoever reads the HTTP status lists what is special about it. The rest means what it usually does.
            if reading.readsHTTPStatus { try answer.response.requireSuccess() }
        }
        try answer.response.requireSuccess()
        guard let unknown else {
            let places = readings.map(\.at.text).joined(separator: ", ")
            throw answer.malformedResponseError("the answer says nothing at \(places)")
        }
        // The provider has learned a new word.
        return unknown
    }
}

extension Status {
    /// Reads one reading, or a list of them.
    init?(_ field: FieldReader) {
        let before = field.problems.count
        let fields: [FieldReader]
        switch field.value {
        case .array([]):
            field.refuse("is an empty list", "Say where the status stands and what it means.")
            return nil
        case .array: fields = field.list(suchAs: "[{\"at\": \"status\"}]") ?? []
        default: fields = [field]
        }
        let readings = fields.map { StatusReading($0) }
        if let last = readings.last.flatMap(\.self), last.meanings.contains(.next) {
            fields.last?.refuse("no reading comes after it, and some value is left to the next", "Say what it means.")
        }
        guard !readings.contains(where: { $0 == nil }) else { return nil }
        self.readings = readings.compactMap(\.self)
        if field.problems.count == before, !self.readings.contains(where: { $0.meanings.contains(.succeeded) }) {
            field.refuse(
                "nothing means succeeded, so no wait would end well",
                "List the words, such as \"succeeded\": [\"done\"]."
            )
        }
    }
}
