import FetchCore
import FetchTesting
import ModelsLab
import Testing

@Suite struct `Answers that say nothing` {
    @Test(arguments: [
        "<!DOCTYPE html><title>Just a moment...</title>", "Bad gateway", "{\"status\":\"succ", "[1,2]", "\"success\"",
        "7", "true", "null", "{}", "{\"id\":7,\"output\":[]}", "{\"status\":\"\"}", "{\"status\":null,\"output\":\"\"}",
        "{\"future_links\":[\"https://example.com/a.png\"]}",
    ])
    func `are errors that hold their first bytes and may pass`(answer: String) async throws {
        let error = try await Interior.error(answer)
        #expect(error.code == .malformedResponse)
        #expect(error.isRetryable)
        #expect(error.httpStatus == 200)
        #expect(error.message.contains(answer))
    }

    @Test(arguments: [200, 202, 204])
    func `may be empty`(status: Int) async throws {
        let error = try await Interior.error("", status: status)
        #expect(error.code == .malformedResponse)
        #expect(error.message.contains("empty"))
    }

    @Test(arguments: [
        (502, FetchError.Code.serverError), (503, .serverError), (429, .rateLimited), (403, .forbidden),
        (404, .jobNotFound), (302, .redirected),
    ])
    func `are what their HTTP status says, where that says more`(status: Int, code: FetchError.Code) async throws {
        for answer in ["<html><h1>Sorry</h1></html>", "", "[]", "{\"status\":"] {
            let error = try await Interior.error(answer, status: status)
            #expect(error.code == code)
            #expect(error.message.contains(answer))
        }
    }

    @Test func `are cut short in the error`() async throws {
        let error = try await Interior.error("<p>" + String(repeating: "x", count: 100_000))
        #expect(error.description.count < 500)
    }

    @Test func `may be nested without end, which no stack has to bear`() async throws {
        let answer = #"{"status":"success","output":"# + String(repeating: "[", count: 200_000)
        #expect(try await Interior.error(answer).code == .malformedResponse)
    }

    @Test func `never show the key, should a gateway repeat the request`() async throws {
        let error = try await Interior.error(#"<pre>{"key":"test-key"}</pre>"#)
        #expect(error.code == .malformedResponse)
        #expect(!error.description.contains("test-key"))
    }
}
