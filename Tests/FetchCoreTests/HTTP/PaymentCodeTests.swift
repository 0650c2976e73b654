import FetchCore
import Foundation
import Testing

@Suite("Codes of an exhausted balance") struct PaymentCodeTests {
    private func error(_ status: Int, _ json: String) throws -> FetchError {
        let response = FetchResponse(
            status: status,
            headers: ["Content-Type": "application/json"],
            body: Data(json.utf8)
        )
        return try #require(throws: FetchError.self) { try response.requireSuccess() }
    }

    @Test(
        arguments: [
            #"{"error":{"message":"No.","type":"insufficient_quota","code":"insufficient_quota"}}"#,
            #"{"error":{"type":"insufficient_quota","param":null,"code":"credit_balance_exhausted"}}"#,
            #"{"error":{"type":"other","code":"project_spend_limit_exceeded"}}"#,
            #"{"error":{"code":"INSUFFICIENT_QUOTA"}}"#,
            #"{"code":"insufficient_credits"}"#, #"{"error":"insufficient_balance"}"#,
            #"{"error_code":"out_of_credits"}"#, #"{"detail":{"status":"insufficient_funds"}}"#,
        ],
        [429, 403]
    )
    func `429 or 403 with an exact code is payment required, not a rate limit`(json: String, status: Int) throws {
        let error = try error(status, json)
        #expect(error.code == .paymentRequired)
        #expect(!error.isRetryable)
        #expect(error.httpStatus == status)
        #expect(error.remedy == "Top up the account or renew its subscription.")
    }

    @Test(arguments: [
        #"{"error":{"code":"rate_limit_exceeded","message":"insufficient_quota for this minute"}}"#,
        #"{"error":{"message":"Quota exceeded for requests per minute","status":"RESOURCE_EXHAUSTED"}}"#,
        #"{"message":"You are out of quota"}"#, #"{"code":"quota_exceeded"}"#, #"{"code":1102}"#,
        #"["insufficient_quota"]"#, "insufficient_quota", "", "<html>insufficient_quota</html>",
        #"{"error":{"code":["insufficient_quota"]}}"#,
    ])
    func `a vague message about a quota is a rate limit`(json: String) throws {
        let error = try error(429, json)
        #expect(error.code == .rateLimited)
        #expect(error.isRetryable)
    }

    @Test(arguments: [400, 401, 404, 500, 503])
    func `with any other status the code doesn't count`(status: Int) throws {
        #expect(try error(status, #"{"code":"insufficient_quota"}"#).code != .paymentRequired)
    }
}
