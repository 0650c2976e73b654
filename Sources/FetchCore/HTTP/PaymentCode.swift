/// An error code in the body of a response that reports an exhausted balance or quota of the account.
///
/// Providers send these codes with 429 or 403 as well, with which they refuse requests that come too fast or lack a
/// permission. Only the exact codes count, since a message about a quota may describe a limit that passes. The page
/// "Errors" has the providers that send them.
enum PaymentCode {
    /// Returns true if a member of an error says so: `code`, `type`, `status` or `error_code`, at the top level or in
    /// `error` or `detail`, or `error` itself.
    static func isPresent(in body: JSONValue) -> Bool {
        let errors = [body, body["error"], body["detail"]].compactMap(\.self)
        let values = errors.flatMap { error in members.map { error[$0]?.string } } + [body["error"]?.string]
        return values.contains { $0.map { codes.contains($0.lowercased()) } == true }
    }

    private static let members = ["code", "type", "status", "error_code"]

    private static let codes: Set = [
        "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
        "project_spend_limit_exceeded", "organization_usage_limit_exceeded", "billing_hard_limit_reached",
        "billing_not_active", "insufficient_balance", "insufficient_credits", "insufficient_credit",
        "insufficient_funds", "out_of_credits", "no_credits",
    ]
}
