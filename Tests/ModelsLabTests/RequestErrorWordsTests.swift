import FetchCore
import ModelsLab
import Testing

@Suite struct `Errors that only words tell` {
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
    func `are told by an error's message, where the answer is HTTP 200 or 400`(
        message: String,
        expected: FetchError.Code
    ) async throws {
        for field in ["message", "messege"] {
            for status in [200, 400] {
                let answer = #"{"status":"error","\#(field)":"\#(message)"}"#
                let error = try await Interior.error(answer, status: status)
                #expect(error.code == expected)
                #expect(error.httpStatus == status)
                #expect(error.message.contains(message))
            }
        }
    }

    @Test(arguments: [
        "Request not found", "request not found.", "Request not found: 67545", "Video not found.", "No request found",
    ])
    func `are told by a failed answer only where it says that there is no such job`(message: String) async throws {
        let error = try await Interior.error(#"{"status":"failed","message":"\#(message)"}"#)
        #expect(error.code == .jobNotFound)
    }

    @Test(arguments: [
        ("Rate limit exceeded for the safety model", FetchError.Code.rateLimited),
        ("The monkey is invalid", .badRequest),
    ])
    func `choose the error, and not whether there is one, where the HTTP status is 400`(
        message: String,
        expected: FetchError.Code
    ) async throws {
        let error = try await Interior.error(#"{"status":"failed","message":"\#(message)"}"#, status: 400)
        #expect(error.code == expected)
    }

    @Test(arguments: ["account_suspended", "Face_Missing", "new-code"])
    func `aren't needed where a code that nobody knows refuses the request`(code: String) async throws {
        for field in ["code", "error_code"] {
            let error = try await Interior.error(#"{"status":"error","\#(field)":"\#(code)","message":"No."}"#)
            #expect(error.code == .badRequest)
            #expect(error.message.contains("“\(code): No.”"))
            #expect(!error.isRetryable)
            #expect(try await Interior.error(#"{"status":"error","\#(field)":"\#(code)"}"#).code == .badRequest)
        }
    }

    @Test(arguments: ["message", "messege"])
    func `aren't needed where the message tells by parameter what is wrong`(field: String) async throws {
        let error = try await Interior.error(
            #"{"status":"error","\#(field)":{"prompt":["It is too long.","It is rude."],"seed":["It is odd."]}}"#
        )
        #expect(error.code == .badRequest)
        #expect(error.message.contains("“It is too long. It is rude. It is odd.”"))
    }

    @Test func `stay on one line and keep their direction`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"No\u2028no\u202Eno"}"#, status: 403)
        #expect(error.message.contains("“No no no”"))
    }
}
