import FetchCore

/// The rules that derive the state of the job from a response. They are evaluated in order until one decides.
struct StatusRules: Sendable {
    /// The meaning of a response, and the rule that decided it.
    struct Decision {
        let meaning: Meaning
        let rule: StatusRule
        /// The status value that no rule lists, if the meaning applies for that reason.
        var unlistedStatus: String?
    }

    let rules: [StatusRule]

    func decision(for response: ParsedResponse) throws(FetchError) -> Decision {
        // A rule that maps the HTTP status replaces its standard meaning, for itself and the rules before it.
        var seesEveryStatus = response.isSuccess || rules.contains(where: \.mapsHTTPStatus)
        var unknown: Decision?
        for rule in rules where seesEveryStatus || rule.hasStatusCondition {
            switch try rule.evaluate(response) {
            case .meaning(.next, _): continue
            case .meaning(let meaning, let unlisted):
                return Decision(meaning: meaning, rule: rule, unlistedStatus: unlisted)
            case .unknown(let status):
                unknown = Decision(meaning: .pending, rule: rule, unlistedStatus: status)
            case .noValue: break
            }
            // The rule lists the exceptions. Any other status has its standard meaning.
            if rule.mapsHTTPStatus { seesEveryStatus = response.isSuccess }
        }
        try response.response.requireSuccess()
        guard let unknown else {
            let paths = rules.compactMap(\.value?.at.text).joined(separator: ", ")
            let problem = paths.isEmpty ? "matches no rule of the manifest" : "has no status at \(paths)"
            throw response.malformedResponseError("the response \(problem)")
        }
        // Providers add status values. A job with an unknown one is still polled.
        return unknown
    }
}

extension StatusRules {
    /// Reads one rule, or an array of rules.
    init?(_ field: FieldReader) {
        let before = field.problems.count
        guard let fields = field.oneOrSeveral(example: "{\"at\": \"status\"}") else { return nil }
        let rules = fields.map { StatusRule($0) }
        if let last = rules.last.flatMap(\.self), last.meanings.contains(.next) {
            fields.last?.report("is the last rule, so \"next\" has no rule to continue with", "Write another meaning.")
        }
        guard !rules.contains(where: { $0 == nil }) else { return nil }
        self.rules = rules.compactMap(\.self)
        guard field.problems.count == before else { return }
        reportUnreachableRules(fields)
        if !self.rules.contains(where: { $0.meanings.contains(.succeeded) }) {
            field.report(
                "no value means succeeded, so a job could never succeed",
                "List the status values, such as \"succeeded\": [\"done\"]."
            )
        }
    }

    /// Reports the rules that are never evaluated, since an earlier one decides each response that they apply to.
    private func reportUnreachableRules(_ fields: [FieldReader]) {
        for (index, rule) in rules.enumerated() {
            let earlier = rules[..<index].firstIndex { earlier in
                earlier.alwaysDecides && earlier.when.isImplied(by: rule.when)
                    // Outside of 2xx the earlier rule decides only if it names the status.
                    && (earlier.hasStatusCondition || !seesOtherStatuses(from: index))
            }
            guard let earlier else { continue }
            let hasSameConditions = rules[earlier].when == rule.when && rule.when != nil
            fields[index].report(
                "is never evaluated, since \(fields[earlier].path) "
                    + (hasSameConditions ? "has the same conditions and decides" : "decides each of its responses"),
                "Remove one of the two, or change the conditions."
            )
        }
    }

    /// Returns true if the rule at an index may apply to an HTTP status other than 2xx.
    private func seesOtherStatuses(from index: Int) -> Bool {
        rules[index].hasStatusCondition || rules[index...].contains(where: \.mapsHTTPStatus)
    }
}
