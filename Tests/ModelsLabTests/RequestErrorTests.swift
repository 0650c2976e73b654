import FetchCore
import FetchTesting
import ModelsLab
import TestSupport
import Testing

@Suite("Request errors") struct RequestErrorTests {
    @Test(arguments: [
        ("validation_error", FetchError.Code.badRequest),
        ("invalid_api_key", .unauthorized), ("unauthenticated", .unauthorized),
        ("insufficient_balance", .paymentRequired), ("no_subscription", .paymentRequired),
        ("forbidden", .forbidden),
        ("not_found", .jobNotFound),
        ("rate_limited", .rateLimited), ("RATE_LIMITED", .rateLimited),
        ("upstream_unavailable", .serverError),
        ("400", .badRequest), ("401", .unauthorized), ("402", .paymentRequired), ("403", .forbidden),
        ("404", .jobNotFound), ("429", .rateLimited), ("500", .serverError), ("503", .serverError),
    ])
    func `a known code determines the error, regardless of HTTP status and message`(
        code: String,
        expected: FetchError.Code
    ) async throws {
        let quoted = #""\#(code)""#
        let spellings = Int(code) == nil ? [quoted] : [quoted, code]
        for spelling in spellings {
            for field in ["code", "error_code"] {
                for status in [200, 400, 500] {
                    let body = #"{"status":"error","message":"Video not found","\#(field)":\#(spelling)}"#
                    let error = try await Interior.error(body, status: status)
                    #expect(error.code == expected)
                    #expect(error.httpStatus == status)
                    #expect(error.message.contains("“Video not found”"))
                }
            }
        }
    }

    @Test(arguments: [
        (400, FetchError.Code.badRequest), (401, .unauthorized), (402, .paymentRequired), (403, .forbidden),
        (404, .jobNotFound), (410, .jobNotFound), (422, .badRequest), (429, .rateLimited), (301, .redirected),
        (500, .serverError), (502, .serverError), (503, .serverError), (504, .serverError),
    ])
    func `an HTTP error status determines the error, regardless of the body`(status: Int, expected: FetchError.Code)
        async throws
    {
        for body in [
            #"{"status":"error","message":"Something went wrong."}"#,
            #"{"status":"failed","message":"Something went wrong.","code":"unknown_code"}"#,
            #"{"status":"success","message":"Something went wrong.","output":["https://example.com/a.png"]}"#,
            #"{"message":"Something went wrong."}"#,
        ] {
            let error = try await Interior.error(body, status: status)
            #expect(error.code == expected)
            #expect(error.httpStatus == status)
            #expect(error.message.contains("“Something went wrong.”"))
        }
    }

    @Test(arguments: ["200", "0", "-1", #""unknown_code""#])
    func `the message determines the error if the code is unknown`(code: String) async throws {
        let body = #"{"status":"error","code":\#(code),"message":"Rate limit exceeded"}"#
        #expect(try await Interior.error(body).code == .rateLimited)
    }

    @Test(arguments: [(401, FetchError.Code.unauthorized), (429, .rateLimited), (503, .serverError)])
    func `the HTTP status takes precedence over the message`(
        status: Int,
        expected: FetchError.Code
    ) async throws {
        let body = #"{"status":"failed","message":"Request not found"}"#
        #expect(try await Interior.error(body, status: status).code == expected)
    }

    @Test func `a code or message determines the error if there is neither a status nor an output`() async throws {
        #expect(try await Interior.error(#"{"code":"invalid_api_key"}"#).code == .unauthorized)
        #expect(try await Interior.error(#"{"message":"Rate limit exceeded"}"#).code == .rateLimited)
    }

    @Test(arguments: [
        ("failed-request-not-found", FetchError.Code.jobNotFound, "Request not found"),
        ("rate-limited", .rateLimited, "Rate limit exceeded. Maximum 5 queued requests allowed."),
        ("error-with-code", .paymentRequired, "There is no money left."),
        ("error-with-numeric-code", .jobNotFound, "There is no such training."),
        ("error-by-parameter", .unauthorized, "The key field is required."),
    ])
    func `every observed error with HTTP 200 is recognized`(name: String, code: FetchError.Code, message: String)
        async throws
    {
        let error = try await Interior.error(fixture(name, in: .module))
        #expect(error.code == code)
        #expect(error.message.contains("“\(message)”"))
        #expect(error.endpoint == "modelslab.interior")
        #expect(error.id == "67545")
    }

    @Test(arguments: [200, 429])
    func `a rate limit error has the retry hint of the body`(status: Int) async throws {
        let error = try await Interior.error(fixture("rate-limited", in: .module), status: status)
        #expect(error.code == .rateLimited)
        #expect(error.retryAfter == .seconds(30))
        #expect(error.isRetryable)
    }

    @Test(arguments: ["You are out of credits", "Out of credits.", "Not enough credits", "Insufficient balance"])
    func `429 or 403 for used-up credits is payment required`(message: String) async throws {
        for status in [429, 403] {
            let error = try await Interior.error(#"{"status":"error","message":"\#(message)"}"#, status: status)
            #expect(error.code == .paymentRequired)
            #expect(!error.isRetryable)
            #expect(error.httpStatus == status)
        }
        let code = try await Interior.error(#"{"status":"error","message":"\#(message)","code":"rate_limited"}"#)
        #expect(code.code == .paymentRequired)
    }

    @Test(arguments: [
        "Rate limit exceeded, you are out of credits for this minute", "Too many requests", "Quota exceeded",
        "Subscribe to a bigger plan for more requests a minute",
    ])
    func `429 with any other message is a rate limit`(message: String) async throws {
        let error = try await Interior.error(#"{"status":"error","message":"\#(message)"}"#, status: 429)
        #expect(error.code == .rateLimited)
    }

    @Test(arguments: ["insufficient_quota", "insufficient_credits", "out_of_credits"])
    func `429 with an exact code for used-up credits is payment required`(code: String) async throws {
        let body = #"{"status":"error","message":"No.","code":"\#(code)"}"#
        #expect(try await Interior.error(body, status: 429).code == .paymentRequired)
    }

    @Test func `the description of a hostile message is one short line`() async throws {
        let message = String(repeating: "No.\\r\\n", count: 5_000)
        let error = try await Interior.error(#"{"status":"error","message":"\#(message)"}"#, status: 403)
        #expect(!error.description.contains { $0.isNewline })
        #expect(error.description.count < 600)
    }

    @Test func `the description never contains a key that the server repeats`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"test-key is no API key"}"#, status: 401)
        #expect(!error.description.contains("test-key"))
    }
}
