import FetchCore
import FetchTesting
import ModelsLab
import Testing

@Suite struct `Errors that are the request's and not the job's` {
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
    func `are told by a code, whatever status and message say`(code: String, expected: FetchError.Code) async throws {
        let asText = #""\#(code)""#
        let spellings = Int(code) == nil ? [asText] : [asText, code]
        for spelling in spellings {
            for field in ["code", "error_code"] {
                for status in [200, 400, 500] {
                    let answer = #"{"status":"error","message":"Video not found","\#(field)":\#(spelling)}"#
                    let error = try await Interior.error(answer, status: status)
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
    func `are told by the HTTP status, whatever the rest says`(status: Int, expected: FetchError.Code) async throws {
        for answer in [
            #"{"status":"error","message":"Something went wrong."}"#,
            #"{"status":"failed","message":"Something went wrong.","code":"nobody_knows"}"#,
            #"{"status":"success","message":"Something went wrong.","output":["https://example.com/a.png"]}"#,
            #"{"message":"Something went wrong."}"#,
        ] {
            let error = try await Interior.error(answer, status: status)
            #expect(error.code == expected)
            #expect(error.httpStatus == status)
            #expect(error.message.contains("“Something went wrong.”"))
        }
    }

    @Test(arguments: ["200", "0", "-1", #""nobody_knows""#])
    func `are told by the message behind a code that says nothing`(code: String) async throws {
        let answer = #"{"status":"error","code":\#(code),"message":"Rate limit exceeded"}"#
        #expect(try await Interior.error(answer).code == .rateLimited)
    }

    @Test(arguments: [(401, FetchError.Code.unauthorized), (429, .rateLimited), (503, .serverError)])
    func `aren't told by the message where the HTTP status is clear`(
        status: Int,
        expected: FetchError.Code
    ) async throws {
        let answer = #"{"status":"failed","message":"Request not found"}"#
        #expect(try await Interior.error(answer, status: status).code == expected)
    }

    @Test func `are told where there is neither a status nor an output`() async throws {
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
    func `are those that were seen with HTTP 200`(name: String, code: FetchError.Code, words: String) async throws {
        let error = try await Interior.error(fixture(name))
        #expect(error.code == code)
        #expect(error.message.contains("“\(words)”"))
        #expect(error.endpoint == "modelslab.interior")
        #expect(error.id == "67545")
    }

    @Test(arguments: [200, 429])
    func `may say how long to wait`(status: Int) async throws {
        let error = try await Interior.error(fixture("rate-limited"), status: status)
        #expect(error.code == .rateLimited)
        #expect(error.retryAfter == .seconds(30))
        #expect(error.isRetryable)
    }

    @Test func `stay on one line and keep their length, whatever the server writes`() async throws {
        let words = String(repeating: "No.\\r\\n", count: 5_000)
        let error = try await Interior.error(#"{"status":"error","message":"\#(words)"}"#, status: 403)
        #expect(!error.description.contains { $0.isNewline })
        #expect(error.description.count < 600)
    }

    @Test func `never show the key, should the server repeat it`() async throws {
        let error = try await Interior.error(#"{"status":"error","message":"test-key is no API key"}"#, status: 401)
        #expect(!error.description.contains("test-key"))
    }
}
