import FetchCore
import ModelsLab
import Testing

@Suite struct `Jobs that aren't ready` {
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
    func `are pending in every form that was seen`(name: String, message: String?, eta: Duration?) async throws {
        let progress = try await Interior.progress(fixture(name))
        #expect(progress.message == message)
        #expect(progress.eta == eta)
    }

    @Test func `say what else the answer says, under ModelsLab's names`() async throws {
        let details = try await Interior.progress(fixture("processing")).details
        #expect(details["id"] == 67_545)
        #expect(details["fetch_result"] == "https://modelslab.com/api/v6/images/fetch/67545")
        #expect(details["meta"] == ["prompt": "a lighthouse", "seed": 17])
        #expect(details["future_links"] == ["https://pub-example.r2.dev/generations/lighthouse-0.png"])
        #expect(details["tip_1"] == "So are smaller ones.")
    }

    @Test func `say nothing of what the answer leaves null`() async throws {
        let progress = try await Interior.progress(#"{"status":"processing","id":null,"meta":null,"eta":null}"#)
        #expect(progress == JobProgress(details: ["status": "processing"]))
    }

    @Test func `are those without a status whose answer names where to ask on`() async throws {
        let link = "https://modelslab.com/api/v6/images/fetch/67545"
        let progress = try await Interior.progress(#"{"fetch_result":"\#(link)","output":[]}"#)
        #expect(progress.details["fetch_result"] == .string(link))
    }

    @Test(arguments: ["7", "1e300", "\"inf\""])
    func `are those without a status that have an ETA, believed or not, and promise files`(eta: String) async throws {
        let answer = #"{"eta":\#(eta),"output":[],"links":["https://example.com/later.wav"]}"#
        #expect(try await Interior.progress(answer).eta == (eta == "7" ? .seconds(7) : nil))
    }

    @Test func `keep a task's id that stands under another name`() async throws {
        #expect(try await Interior.progress(fixture("queued-sound")).details["taskId"] == "9d0c5a6e-sound")
    }

    @Test(arguments: ["queued", "PROCESSING", " processing ", "deploying_gpu", "pending", "starting", "ok"])
    func `are those with any status word that says no end`(word: String) async throws {
        _ = try await Interior.progress(#"{"status":"\#(word)"}"#)
    }

    @Test func `may hold outputs already, which aren't the result yet`() async throws {
        let progress = try await Interior.progress(
            #"{"status":"processing","output":["https://example.com/preview.png"]}"#
        )
        #expect(progress.details["output"] == ["https://example.com/preview.png"])
    }

    @Test(arguments: ["Try Again", "try again later.", "Model is loading", "Model is warming up..."])
    func `are those whose model is being loaded, even where that is called an error`(words: String) async throws {
        for status in ["error", "failed"] {
            let progress = try await Interior.progress(#"{"status":"\#(status)","messege":"\#(words)"}"#)
            #expect(progress.message == words)
        }
    }

    @Test func `aren't those that say so beside another cause`() async throws {
        let limited = #"{"status":"error","message":"Try again later.","code":"rate_limited"}"#
        #expect(try await Interior.error(limited).code == .rateLimited)
        let down = #"{"status":"error","message":"Try again later."}"#
        #expect(try await Interior.error(down, status: 503).code == .serverError)
        let done = #"{"status":"success","message":"Try again later.","output":"https://example.com/a.png"}"#
        #expect(try await Interior.picture(done).outputs.count == 1)
    }

    @Test(
        arguments: [
            ("0.25", .seconds(0.25)), ("605", .seconds(605)), ("\"16\"", .seconds(16)), ("\"2.5\"", .seconds(2.5)),
            ("0", .zero), ("-3", .zero), ("\"soon\"", nil), ("\"\"", nil), ("null", nil), ("[]", nil), ("\"nan\"", nil),
            ("true", nil), ("31536000", .seconds(31_536_000)), ("31536001", nil), ("\"inf\"", nil), ("\"1e308\"", nil),
            ("\"infinity\"", nil), ("\"-inf\"", nil), ("1e999", nil), ("9223372036854775807", nil),
        ] as [(String, Duration?)]
    )
    func `have an ETA of any type`(eta: String, expected: Duration?) async throws {
        #expect(try await Interior.progress(#"{"status":"processing","eta":\#(eta)}"#).eta == expected)
    }

    @Test(arguments: ["8", "\"8\"", "8.0"])
    func `may ask for patience in the body`(seconds: String) async throws {
        let progress = try await Interior.progress(#"{"status":"processing","retry_after":\#(seconds)}"#)
        #expect(progress.retryAfter == .seconds(8))
    }

    @Test(arguments: ["\"inf\"", "\"nan\"", "\"1e308\"", "1e300"])
    func `ask for no patience that nobody has`(seconds: String) async throws {
        let progress = try await Interior.progress(#"{"status":"processing","retry_after":\#(seconds)}"#)
        #expect(progress.retryAfter == nil)
        let error = try await Interior.error(
            #"{"status":"error","code":"rate_limited","retry_after":\#(seconds)}"#
        )
        #expect(error.retryAfter == nil)
    }
}
