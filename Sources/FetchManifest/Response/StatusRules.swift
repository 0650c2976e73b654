import FetchCore

/// The rules that derive the state of the job from a response. They are evaluated in order until one decides.
struct StatusRules: Sendable {
    /// The meaning of a response, and the rule that decided it.
    struct Decision {
        let meaning: Meaning
        let rule: StatusRule
        /// The status value that no rule lists, if the job counts as pending for that reason.
        var unknownStatus: String?
    }

    let rules: [StatusRule]

    func decision(for response: ParsedResponse) throws(FetchError) -> Decision {
        if !rules.contains(where: \.readsHTTPStatus) { try response.response.requireSuccess() }
        var unknown: Decision?
        for rule in rules {
            switch try rule.evaluate(response) {
            case .meaning(.next): continue
            case .meaning(let meaning): return Decision(meaning: meaning, rule: rule)
            case .unknown(let status):
                unknown = Decision(meaning: .pending, rule: rule, unknownStatus: status)
            case .noValue: continue
            }
            // A rule for the HTTP status lists the exceptions. Any other status has its standard meaning.
            if rule.readsHTTPStatus { try response.response.requireSuccess() }
        }
        try response.response.requireSuccess()
        guard let unknown else {
            let paths = rules.map(\.at.text).joined(separator: ", ")
            throw response.malformedResponseError("the response has no status at \(paths)")
        }
        // Providers add status values. A job with an unknown one is still polled.
        return unknown
    }
}

extension StatusRules {
    /// Reads one rule, or an array of rules.
    init?(_ field: FieldReader) {
        let before = field.problems.count
        let fields: [FieldReader]
        switch field.value {
        case .array([]):
            field.report("is an empty array", "Write the path of the status and the meaning of its values.")
            return nil
        case .array: fields = field.array(example: "[{\"at\": \"status\"}]") ?? []
        default: fields = [field]
        }
        let rules = fields.map { StatusRule($0) }
        if let last = rules.last.flatMap(\.self), last.meanings.contains(.next) {
            fields.last?.report("is the last rule, so \"next\" has no rule to continue with", "Write another meaning.")
        }
        guard !rules.contains(where: { $0 == nil }) else { return nil }
        self.rules = rules.compactMap(\.self)
        if field.problems.count == before, !self.rules.contains(where: { $0.meanings.contains(.succeeded) }) {
            field.report(
                "no value means succeeded, so a job could never succeed",
                "List the status values, such as \"succeeded\": [\"done\"]."
            )
        }
    }
}
