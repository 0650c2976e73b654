import FetchCore
import FetchTesting
import ModelsLab
import Testing

@Suite("Malformed responses") struct MalformedResponseTests {
    @Test(arguments: [
        "<!DOCTYPE html><title>Just a moment...</title>", "Bad gateway", "{\"status\":\"succ", "[1,2]", "\"success\"",
        "7", "true", "null", "{}", "{\"id\":7,\"output\":[]}", "{\"status\":\"\"}", "{\"status\":null,\"output\":\"\"}",
        "{\"future_links\":[\"https://example.com/a.png\"]}",
    ])
    func `a malformed response is a retryable error that quotes its beginning`(body: String) async throws {
        let error = try await Interior.error(body)
        #expect(error.code == .malformedResponse)
        #expect(error.isRetryable)
        #expect(error.httpStatus == 200)
        #expect(error.message.contains(body))
    }

    @Test(arguments: [200, 202, 204])
    func `an empty body is malformed`(status: Int) async throws {
        let error = try await Interior.error("", status: status)
        #expect(error.code == .malformedResponse)
        #expect(error.message.contains("empty"))
    }

    @Test(arguments: [
        (502, FetchError.Code.serverError), (503, .serverError), (429, .rateLimited), (403, .forbidden),
        (404, .jobNotFound), (302, .redirected),
    ])
    func `a malformed body with an HTTP error status has the error of the status`(status: Int, code: FetchError.Code)
        async throws
    {
        for body in ["<html><h1>Sorry</h1></html>", "", "[]", "{\"status\":"] {
            let error = try await Interior.error(body, status: status)
            #expect(error.code == code)
            #expect(error.message.contains(body))
        }
    }

    @Test func `the error quotes only the beginning of a long body`() async throws {
        let error = try await Interior.error("<p>" + String(repeating: "x", count: 100_000))
        #expect(error.description.count < 500)
    }

    @Test func `a deeply nested body is an error and exhausts no stack`() async throws {
        let body = #"{"status":"success","output":"# + String(repeating: "[", count: 200_000)
        #expect(try await Interior.error(body).code == .malformedResponse)
    }

    @Test func `the description never contains a key that a gateway repeats`() async throws {
        let error = try await Interior.error(#"<pre>{"key":"test-key"}</pre>"#)
        #expect(error.code == .malformedResponse)
        #expect(!error.description.contains("test-key"))
    }
}
