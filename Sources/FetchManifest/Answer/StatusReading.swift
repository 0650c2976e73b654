import FetchCore

/// One place where an answer says how it stands with the job, and what the values there mean.
struct StatusReading: Sendable {
    enum Field: String, CaseIterable {
        case at
        case pending, succeeded, failed, cancelled, expired, moderated
        case badRequest, unauthorized, paymentRequired, forbidden, jobNotFound, rateLimited, serverError
        case malformedResponse, next
        case otherwise, absent, message, code
    }

    /// What a reading makes of an answer.
    enum Finding {
        case meaning(Meaning)
        /// There is a value, and nothing says what it means. It may be no word, or the status of a usual answer.
        case unknown(String?)
        case nothing
    }

    let at: Places
    let words: WordList
    /// What a value means that isn't in ``words``.
    let otherwise: Meaning?
    /// What it means that there is none.
    let absent: Meaning?
    let message: TextReading?
    let code: TextReading?

    var readsHTTPStatus: Bool { at.places.contains(.httpStatus) }

    /// What the reading can come to.
    var meanings: Set<Meaning> { words.meanings.union([otherwise, absent].compactMap(\.self)) }

    /// In an answer that isn't a success only words count that are listed: any other may be said of the request.
    func finding(in answer: Answer) throws(FetchError) -> Finding {
        let value: JSONValue?
        do throws(FetchError) {
            value = try at.value(in: answer)
        } catch  where !answer.isSuccess {
            return .nothing
        }
        if let word = value?.word, let meaning = words.meaning(of: word) { return .meaning(meaning) }
        if answer.isSuccess, let meaning = value == nil ? absent : otherwise { return .meaning(meaning) }
        return value.map { .unknown(readsHTTPStatus ? nil : $0.word) } ?? .nothing
    }
}

extension StatusReading {
    init?(_ field: FieldReader) {
        let before = field.problems.count
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Say where the status stands, such as \"at\": \"status\".").flatMap(Places.init)
        var words = WordList()
        for meaning in Meaning.allCases {
            guard let name = Field(rawValue: meaning.rawValue), let list = object[name] else { continue }
            Self.add(list, meaning: meaning, to: &words)
        }
        let otherwise = object[.otherwise].map { $0.choice(Meaning.self) }
        let absent = object[.absent].map { $0.choice(Meaning.self) }
        let message = object[.message].map { TextReading($0) }
        let code = object[.code].map { TextReading($0) }
        guard let at else { return nil }
        self.at = at
        self.words = words
        self.otherwise = otherwise ?? nil
        self.absent = absent ?? nil
        self.message = message ?? nil
        self.code = code ?? nil
        if meanings.isEmpty, field.problems.count == before {
            field.refuse("no value means anything", "List the words of each state, such as \"succeeded\": [\"done\"].")
        }
    }

    private static func add(_ list: FieldReader, meaning: Meaning, to words: inout WordList) {
        for field in list.list(suchAs: "[\"done\"]") ?? [] {
            guard let word = field.value.wholeWord, !word.isEmpty else {
                field.refuseType(
                    "a word, a whole number, true or false",
                    "Write it as the answer has it, such as \"done\"."
                )
                continue
            }
            guard word.contains(where: { $0 != "*" }) else {
                field.refuse("a star alone is every word", "Write \"otherwise\": \"\(meaning.rawValue)\" instead.")
                continue
            }
            if let known = words.add(word, meaning) {
                field.refuse(
                    known == meaning
                        ? "\(Excerpt(word)) stands twice in the list"
                        : "\(Excerpt(word)) is in the list \(known.rawValue) as well",
                    "Keep the word in one list, once."
                )
            }
        }
    }
}
