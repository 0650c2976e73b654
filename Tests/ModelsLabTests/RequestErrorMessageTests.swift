import FetchCore
import ModelsLab
import Testing

@Suite("Request error messages") struct RequestErrorMessageTests {
    @Test(arguments: [
        ("Rate limit exceeded", FetchError.Code.rateLimited),
        ("Rate limit exceeded. Maximum 5 queued requests allowed.", .rateLimited),
        ("You are being rate-limited", .rateLimited), ("Too many requests for this API key", .rateLimited),
        ("Invalid API Request", .unauthorized), ("Invalid API key", .unauthorized),
        ("Your api key is not valid", .unauthorized), ("Key is invalid or expired", .unauthorized),
        ("Your API key has expired", .unauthorized), ("API key not found", .unauthorized),
        ("Missing api_key", .unauthorized), ("An API key is required.", .unauthorized),
        ("You are out of credits", .paymentRequired), ("Please fund your wallet", .paymentRequired),
        ("Subscribe to a plan first", .paymentRequired), ("You have no subscription", .paymentRequired),
        ("Your subscription has ended.", .paymentRequired),
        ("Request not found", .jobNotFound), ("Video not found.", .jobNotFound),
        ("Internal Server Error", .serverError),
    ])
    func `a known message with HTTP 200 or 400 determines the error`(
        message: String,
        expected: FetchError.Code
    ) async throws {
        for field in ["message", "messege"] {
            for status in [200, 400] {
                let body = #"{"status":"error","\#(field)":"\#(message)"}"#
                let error = try await Interior.error(body, status: status)
                #expect(error.code == expected)
                #expect(error.httpStatus == status)
                #expect(error.message.contains(message))
            }
        }
    }

    @Test(arguments: [
        "Request not found", "request not found.", "Request not found: 67545", "Video not found.", "No request found",
    ])
    func `an unknown job is the only request error with the status failed`(message: String) async throws {
        let error = try await Interior.error(#"{"status":"failed","message":"\#(message)"}"#)
        #expect(error.code == .jobNotFound)
    }

    @Test(arguments: [
        ("Rate limit exceeded for the safety model", FetchError.Code.rateLimited),
        ("The monkey is invalid", .badRequest),
    ])
    func `a 400 is always an error, and the message determines which`(
        message: String,
        expected: FetchError.Code
    ) async throws {
        let error = try await Interior.error(#"{"status":"failed","message":"\#(message)"}"#, status: 400)
        #expect(error.code == expected)
    }

    @Test(arguments: ["account_suspended", "Face_Missing", "new-code"])
    func `an unknown code with the status error is a bad request`(code: String) async throws {
        for field in ["code", "error_code"] {
            let error = try await Interior.error(#"{"status":"error","\#(field)":"\#(code)","message":"No."}"#)
            #expect(error.code == .badRequest)
            #expect(error.message.contains("“\(code): No.”"))
            #expect(!error.isRetryable)
            #expect(try await Interior.error(#"{"status":"error","\#(field)":"\#(code)"}"#).code == .badRequest)
        }
    }

    @Test(arguments: ["message", "messege"])
    func `a message by parameter is a bad request`(field: String) async throws {
        let error = try await Interior.error(
            #"{"status":"error","\#(field)":{"prompt":["It is too long.","It is rude."],"seed":["It is odd."]}}"#
        )
        #expect(error.code == .badRequest)
        #expect(error.message.contains("“It is too long. It is rude. It is odd.”"))
    }

    @Test func `line separators and direction overrides are removed from the message`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"No\u2028no\u202Eno"}"#, status: 403)
        #expect(error.message.contains("“No no no”"))
    }
}
