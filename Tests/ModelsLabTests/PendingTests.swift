import FetchCore
import ModelsLab
import TestSupport
import Testing

@Suite("Pending jobs") struct PendingTests {
    @Test(
        arguments: [
            ("processing", "The picture is being made.", .seconds(12.5)),
            ("processing-bare", "Try Again", nil),
            ("processing-realtime", "try again later.", nil),
            ("processing-misspelt", "Request processing", nil),
            ("queued-sound", nil, .seconds(16)),
            ("processing-without-status", nil, .seconds(30)),
        ] as [(String, String?, Duration?)]
    )
    func `every observed form of a pending response is recognized`(name: String, message: String?, eta: Duration?)
        async throws
    {
        let progress = try await Interior.progress(fixture(name, in: .module))
        #expect(progress.message == message)
        #expect(progress.eta == eta)
    }

    @Test func `the details contain the other fields under ModelsLab's names`() async throws {
        let details = try await Interior.progress(fixture("processing", in: .module)).details
        #expect(details["id"] == 67_545)
        #expect(details["fetch_result"] == "https://modelslab.com/api/v6/images/fetch/67545")
        #expect(details["meta"] == ["prompt": "a lighthouse", "seed": 17])
        #expect(details["future_links"] == ["https://pub-example.r2.dev/generations/lighthouse-0.png"])
        #expect(details["tip_1"] == "So are smaller ones.")
    }

    @Test func `null fields are omitted from the details`() async throws {
        let progress = try await Interior.progress(#"{"status":"processing","id":null,"meta":null,"eta":null}"#)
        #expect(progress == JobProgress(details: ["status": "processing"]))
    }

    @Test func `a response with a fetch_result and no status is pending`() async throws {
        let link = "https://modelslab.com/api/v6/images/fetch/67545"
        let progress = try await Interior.progress(#"{"fetch_result":"\#(link)","output":[]}"#)
        #expect(progress.details["fetch_result"] == .string(link))
    }

    @Test(arguments: ["7", "1e300", "\"inf\""])
    func `a response with an ETA, valid or not, and no status and output is pending`(eta: String) async throws {
        let body = #"{"eta":\#(eta),"output":[],"links":["https://example.com/later.wav"]}"#
        #expect(try await Interior.progress(body).eta == (eta == "7" ? .seconds(7) : nil))
    }

    @Test func `the details contain the id under another name`() async throws {
        #expect(try await Interior.progress(fixture("queued-sound", in: .module)).details["taskId"] == "9d0c5a6e-sound")
    }

    @Test(arguments: ["queued", "PROCESSING", " processing ", "deploying_gpu", "pending", "starting", "ok"])
    func `every status that is not terminal is pending`(status: String) async throws {
        _ = try await Interior.progress(#"{"status":"\#(status)"}"#)
    }

    @Test func `a pending job with outputs is still pending`() async throws {
        let progress = try await Interior.progress(
            #"{"status":"processing","output":["https://example.com/preview.png"]}"#
        )
        #expect(progress.details["output"] == ["https://example.com/preview.png"])
    }

    @Test(arguments: ["Try Again", "try again later.", "Model is loading", "Model is warming up..."])
    func `a loading model is pending even if the status is an error`(message: String) async throws {
        for status in ["error", "failed"] {
            let progress = try await Interior.progress(#"{"status":"\#(status)","messege":"\#(message)"}"#)
            #expect(progress.message == message)
        }
    }

    @Test func `a loading message with another cause is not pending`() async throws {
        let rateLimited = #"{"status":"error","message":"Try again later.","code":"rate_limited"}"#
        #expect(try await Interior.error(rateLimited).code == .rateLimited)
        let unavailable = #"{"status":"error","message":"Try again later."}"#
        #expect(try await Interior.error(unavailable, status: 503).code == .serverError)
        let succeeded = #"{"status":"success","message":"Try again later.","output":"https://example.com/a.png"}"#
        #expect(try await Interior.picture(succeeded).outputs.count == 1)
    }

    @Test(
        arguments: [
            ("0.25", .seconds(0.25)), ("605", .seconds(605)), ("\"16\"", .seconds(16)), ("\"2.5\"", .seconds(2.5)),
            ("0", .zero), ("-3", .zero), ("\"soon\"", nil), ("\"\"", nil), ("null", nil), ("[]", nil), ("\"nan\"", nil),
            ("true", nil), ("31536000", .seconds(31_536_000)), ("31536001", nil), ("\"inf\"", nil), ("\"1e308\"", nil),
            ("\"infinity\"", nil), ("\"-inf\"", nil), ("1e999", nil), ("9223372036854775807", nil),
        ] as [(String, Duration?)]
    )
    func `an ETA of any type becomes a duration or nil`(eta: String, expected: Duration?) async throws {
        #expect(try await Interior.progress(#"{"status":"processing","eta":\#(eta)}"#).eta == expected)
    }

    @Test(arguments: ["8", "\"8\"", "8.0"])
    func `the retry hint is read from the body`(seconds: String) async throws {
        let progress = try await Interior.progress(#"{"status":"processing","retry_after":\#(seconds)}"#)
        #expect(progress.retryAfter == .seconds(8))
    }

    @Test(arguments: ["\"inf\"", "\"nan\"", "\"1e308\"", "1e300"])
    func `a retry hint that is not finite or exceeds a year is ignored`(seconds: String) async throws {
        let progress = try await Interior.progress(#"{"status":"processing","retry_after":\#(seconds)}"#)
        #expect(progress.retryAfter == nil)
        let error = try await Interior.error(
            #"{"status":"error","code":"rate_limited","retry_after":\#(seconds)}"#
        )
        #expect(error.retryAfter == nil)
    }
}
