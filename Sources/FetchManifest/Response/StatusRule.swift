import FetchCore

/// A rule that maps the values at one path of a response to meanings, or that has one meaning under a condition.
struct StatusRule: Sendable {
    enum Field: String, CaseIterable {
        case when, then, at
        case pending, succeeded, failed, cancelled, expired, moderated
        case badRequest, unauthorized, paymentRequired, forbidden, jobNotFound, rateLimited, serverError
        case malformedResponse, next
        case otherwise, absent, message, code
    }

    /// The result of a rule for one response.
    enum Evaluation {
        /// The meaning, and the value that the rule doesn't list if it decides by `otherwise`.
        case meaning(Meaning, unlisted: String?)
        /// The path has a value that the rule doesn't map. `nil` if it is an HTTP status or not a scalar.
        case unknown(String?)
        case noValue
    }

    /// The source of the meaning.
    enum Source: Sendable {
        /// The meaning of every response for which the conditions hold.
        case then(Meaning)
        case value(StatusValue)
    }

    /// The conditions under which the rule is evaluated. `nil` if it always is.
    let when: When?
    let source: Source
    let message: TextDeclaration?
    let code: TextDeclaration?

    /// The table of the rule, unless it is a rule with `then`.
    var value: StatusValue? {
        if case .value(let value) = source { value } else { nil }
    }

    /// True if the rule maps the HTTP status itself.
    var mapsHTTPStatus: Bool { value?.at.alternatives.contains(.httpStatus) == true }

    /// True if the rule has a condition on the HTTP status.
    var hasStatusCondition: Bool { when?.readsHTTPStatus == true }

    /// All meanings that the rule can yield.
    var meanings: Set<Meaning> {
        switch source {
        case .then(let meaning): [meaning]
        case .value(let value): value.meanings
        }
    }

    /// True if no later rule is evaluated for a response for which the conditions hold.
    var alwaysDecides: Bool {
        switch source {
        case .then(let meaning): meaning != .next
        case .value(let value): value.otherwise != nil && value.absent != nil && !value.meanings.contains(.next)
        }
    }

    /// Evaluates the rule.
    ///
    /// If the HTTP status isn't 2xx, only listed values apply, unless a condition names the status: any other response
    /// may describe the request, not the job.
    ///
    /// - Parameter response: The response to the poll.
    /// - Returns: The meaning, if the rule decides.
    /// - Throws: ``FetchError`` if the HTTP status is 2xx and the body isn't JSON.
    func evaluate(_ response: ParsedResponse) throws(FetchError) -> Evaluation {
        guard try when.holds(for: response) else { return .noValue }
        let appliesToAnyValue = response.isSuccess || hasStatusCondition
        switch source {
        case .then(let meaning): return appliesToAnyValue ? .meaning(meaning, unlisted: nil) : .noValue
        case .value(let value): return try value.evaluate(response, appliesToAnyValue: appliesToAnyValue)
        }
    }
}
