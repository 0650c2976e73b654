import FetchCore

/// A rule that maps the values at one path of a response to meanings.
struct StatusRule: Sendable {
    enum Field: String, CaseIterable {
        case at
        case pending, succeeded, failed, cancelled, expired, moderated
        case badRequest, unauthorized, paymentRequired, forbidden, jobNotFound, rateLimited, serverError
        case malformedResponse, next
        case otherwise, absent, message, code
    }

    /// The result of a rule for one response.
    enum Evaluation {
        case meaning(Meaning)
        /// The path has a value that the rule doesn't map. `nil` if it is an HTTP status or not a scalar.
        case unknown(String?)
        case noValue
    }

    let at: ValuePaths
    let table: MeaningTable
    /// The meaning of any value that isn't in ``table``.
    let otherwise: Meaning?
    /// The meaning of a missing or empty value.
    let absent: Meaning?
    let message: TextDeclaration?
    let code: TextDeclaration?

    var readsHTTPStatus: Bool { at.alternatives.contains(.httpStatus) }

    /// All meanings that the rule can yield.
    var meanings: Set<Meaning> { table.meanings.union([otherwise, absent].compactMap(\.self)) }

    /// Evaluates the rule.
    ///
    /// If the HTTP status isn't 2xx, only listed values apply: any other value may describe the request, not the job.
    ///
    /// - Parameter response: The response to the poll.
    /// - Returns: The meaning, if the rule decides.
    /// - Throws: ``FetchError`` if the HTTP status is 2xx and the body isn't JSON.
    func evaluate(_ response: ParsedResponse) throws(FetchError) -> Evaluation {
        let value: JSONValue?
        do throws(FetchError) {
            value = try at.value(in: response)
        } catch  where !response.isSuccess {
            return .noValue
        }
        if let text = value?.scalarText, let meaning = table.meaning(of: text) { return .meaning(meaning) }
        if response.isSuccess, let meaning = value == nil ? absent : otherwise { return .meaning(meaning) }
        return value.map { .unknown(readsHTTPStatus ? nil : $0.scalarText) } ?? .noValue
    }
}

extension StatusRule {
    init?(_ field: FieldReader) {
        let before = field.problems.count
        guard let object = ObjectReader<Field>(field) else { return nil }
        let at = object.required(.at, "Write the path of the status, such as \"at\": \"status\".")
            .flatMap(ValuePaths.init)
        var table = MeaningTable()
        for meaning in Meaning.allCases {
            guard let name = Field(rawValue: meaning.rawValue), let values = object[name] else { continue }
            Self.add(values, meaning: meaning, to: &table)
        }
        let otherwise = object[.otherwise].map { $0.choice(Meaning.self) }
        let absent = object[.absent].map { $0.choice(Meaning.self) }
        let message = object[.message].map { TextDeclaration($0) }
        let code = object[.code].map { TextDeclaration($0) }
        guard let at else { return nil }
        self.at = at
        self.table = table
        self.otherwise = otherwise ?? nil
        self.absent = absent ?? nil
        self.message = message ?? nil
        self.code = code ?? nil
        if meanings.isEmpty, field.problems.count == before {
            field.report("no value has a meaning", "List the values of each state, such as \"succeeded\": [\"done\"].")
        }
    }

    private static func add(_ values: FieldReader, meaning: Meaning, to table: inout MeaningTable) {
        for field in values.array(example: "[\"done\"]") ?? [] {
            guard let value = field.value.exactText, !value.isEmpty else {
                field.reportType(
                    "a string that isn't empty, an integer, true or false",
                    "Write it as it appears in the response, such as \"done\"."
                )
                continue
            }
            guard value.contains(where: { $0 != "*" }) else {
                field.report(
                    "a wildcard alone matches every value",
                    "Write \"otherwise\": \"\(meaning.rawValue)\" instead."
                )
                continue
            }
            if let known = table.add(value, meaning) {
                field.report(
                    known == meaning
                        ? "\(Excerpt(value)) is listed twice"
                        : "\(Excerpt(value)) is also listed under \(known.rawValue)",
                    "List the value once, under one meaning."
                )
            }
        }
    }
}
