import FetchCore
import FetchTesting
import Foundation
import Testing

@Suite("Stored outcomes") struct StoredOutcomeTests {
    private static let job: JobReference = {
        do { return try JobReference("example.video:7") } catch { fatalError("\(error)") }
    }()

    private static let date = Date(timeIntervalSince1970: 1_700_000_123.456)

    /// Values that anybody can make, without a client.
    private static let outcomes: [JobOutcome] = {
        var error = FetchError(
            .deadlineExceeded,
            "the job wasn't ready within 600 s; it was still pending",
            remedy: "Wait again later.",
            retryAfter: .milliseconds(1_234)
        )
        error.endpoint = "example.video"
        error.id = "7"
        error.httpStatus = 503
        error.lastProgress = JobProgress(
            eta: .seconds(40),
            retryAfter: .seconds(3),
            fraction: 0.25,
            message: "in the queue",
            details: ["position": 3, "links": ["https://example.com/a.png"], "rate": 0.5, "none": nil]
        )
        error.lastError = FetchError(.connectionFailed, "the request was lost")
        var failure = FetchError(.jobFailed, "the job ended without a result")
        failure.failure = JobFailure(
            .moderated,
            message: "not allowed",
            code: "E7",
            artifacts: [Artifact(link: URL(string: "https://example.com/half.jsonl")!, needsKey: true)]
        )
        let artifacts: [Artifact] = [
            Artifact(link: URL(string: "https://example.com/a%20b.mp4?x=1")!),
            Artifact(.data(Data([0, 255, 7])), mediaType: "image/png"), Artifact(.text("a “text”\n")),
            Artifact(.json(["a": [1, nil, true, "x"]])), Artifact(.json(.null)),
            Artifact(
                link: URL(string: "https://example.com/b.mp4")!,
                mirrors: [URL(string: "https://mirror.example/b.mp4")!, URL(string: "https://two.example/b.mp4")!],
                needsKey: true,
                expiryDate: date
            ), Artifact(link: URL(string: "javascript:alert(1)")!),
        ]
        return [
            outcome(.succeeded(StoredOutput(artifacts, duration: .milliseconds(12_345)))),
            outcome(.succeeded("a text"), context: ["row": 7, "user": "ü"]), outcome(.succeeded([Artifact]())),
            outcome(.failed(failure), context: "row 7"), outcome(.unknown(error), context: 7),
            outcome(.unknown(FetchError(.malformedName, "“A B” is not a name"))),
        ]
    }()

    private static func outcome(_ result: JobResult, context: JSONValue? = nil) -> JobOutcome {
        JobOutcome(
            job,
            result,
            requests: 12,
            elapsed: .milliseconds(61_234),
            date: date,
            context: context
        )
    }

    @Test(arguments: outcomes)
    func `a stored outcome equals the original`(outcome: JobOutcome) throws {
        let data = try JSONEncoder().encode(outcome)
        let decoded = try JSONDecoder().decode(JobOutcome.self, from: data)
        #expect(decoded == outcome)
        let again = try JSONDecoder().decode(JobOutcome.self, from: JSONEncoder().encode(decoded))
        #expect(again == outcome)
    }

    @Test func `the output of a stored outcome has the artifacts, and names the type that it had`() throws {
        let data = try JSONEncoder().encode(Self.outcome(.succeeded(["one", "two"])))
        let output = try JSONDecoder().decode(JobOutcome.self, from: data).result.get()
        #expect(output.outputArtifacts == [Artifact(.text("one")), Artifact(.text("two"))])
        #expect((output as? StoredOutput)?.typeName == "Swift.Array<Swift.String>")
    }

    @Test func `an artifact without mirrors, key and date is stored as before`() throws {
        let artifact = Artifact(link: try #require(URL(string: "https://example.com/a.mp4")))
        let value = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(artifact))
        #expect(value == ["url": "https://example.com/a.mp4", "mediaType": "video/mp4"])
        let failure = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(JobFailure(.expired)))
        #expect(failure == ["reason": "expired"])
    }

    @Test func `an artifact is stored with its mirrors, its key and its date, and an unusable one with its problem`()
        throws
    {
        let artifact = Artifact(
            link: try #require(URL(string: "https://example.com/a")),
            mirrors: [try #require(URL(string: "https://mirror.example/a"))],
            needsKey: true,
            expiryDate: Date(timeIntervalSinceReferenceDate: 7)
        )
        let value = try JSONDecoder().decode(JSONValue.self, from: JSONEncoder().encode(artifact))
        let expected: JSONValue = [
            "url": "https://example.com/a", "mirrors": ["https://mirror.example/a"], "needsKey": true, "expiryDate": 7,
        ]
        #expect(value == expected)
        let text = #"{"unusable": "nowhere", "problem": "no link", "a later member": 1}"#
        let unusable = try JSONDecoder().decode(Artifact.self, from: Data(text.utf8))
        #expect(unusable == Artifact(.unusable("nowhere", problem: "no link")))
    }

    @Test(arguments: ["file:///etc/passwd", "/files/7"])
    func `a stored link that can't be requested is decoded as unusable`(link: String) throws {
        let artifact = try JSONDecoder().decode(Artifact.self, from: Data(#"{"url": "\#(link)"}"#.utf8))
        #expect(artifact.problem != nil)
    }

    @Test func `outcomes that differ in any part are not equal`() throws {
        let original = Self.outcome(.succeeded("a"), context: 1)
        var others = Array(repeating: original, count: 6)
        others[0].job = try JobReference("example.video:8")
        others[1].result = .succeeded("b")
        others[2].requests += 1
        others[3].elapsed += .nanoseconds(1)
        others[4].date += 1
        others[5].context = nil
        for other in others { #expect(other != original) }
        let error = FetchError(.serverError, "a")
        #expect(JobResult.failed(error) != .unknown(error))
        var changed = error
        changed.lastError = error
        #expect(changed != error)
    }

    @Test func `the encoded form is an object with the state of the job as a member`() throws {
        let data = try JSONEncoder().encode(Self.outcome(.failed(FetchError(.unusableOutput, "no link"))))
        let value = try JSONDecoder().decode(JSONValue.self, from: data)
        #expect(value["version"] == 1)
        #expect(value["job"] == "example.video:7")
        #expect(value["state"] == "failed")
        #expect(value["error"]?["code"] == "unusableOutput")
        #expect(value["error"]?["hasJobEnded"] == true)
    }

    /// What the first version has stored must stay readable.
    private static let firstVersion = #"""
        {"version": 1, "job": "example.video:7", "state": "failed", "requests": 3, "elapsed": [0, 2000000000000000000],
         "date": 0, "a later member": {}, "error": {"version": 1, "code": "CODE", "message": "no output",
         "isRetryable": false, "failure": {"reason": "REASON", "message": "sorry"}}}
        """#

    @Test func `what the first version has stored can be read`() throws {
        let text = Self.firstVersion.replacing("CODE", with: "jobFailed").replacing("REASON", with: "cancelled")
        let outcome = try JSONDecoder().decode(JobOutcome.self, from: Data(text.utf8))
        #expect(outcome.requests == 3 && outcome.elapsed == .seconds(2))
        #expect(outcome.result.error?.code == .jobFailed)
        #expect(outcome.result.error?.failure?.reason == .cancelled)
        #expect(outcome.result.error?.hasJobEnded == true)
    }

    @Test func `a code of a later version is kept, and a reason of a later version is a failure`() throws {
        let text = Self.firstVersion.replacing("CODE", with: "brandNew").replacing("REASON", with: "evaporated")
        let outcome = try JSONDecoder().decode(JobOutcome.self, from: Data(text.utf8))
        let error = try #require(outcome.result.error)
        #expect(error.code.description == "brandNew")
        #expect(!FetchError.Code.all.contains(error.code))
        #expect(error.failure?.reason == .failed)
        let again = try JSONDecoder().decode(JobOutcome.self, from: JSONEncoder().encode(outcome))
        #expect(again == outcome)
        let other = text.replacing("brandNew", with: "alsoNew")
        #expect(try JSONDecoder().decode(JobOutcome.self, from: Data(other.utf8)) != outcome)
    }

    @Test func `an outcome of a later version is refused with both versions in the message`() throws {
        let text = Self.firstVersion.replacing(#""version": 1, "job""#, with: #""version": 2, "job""#)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(JobOutcome.self, from: Data(text.utf8))
        }
        #expect("\(try #require(error))".contains("version 2 of a job outcome was written by a later version"))
    }

    @Test(arguments: [#"{"mediaType": "video/mp4"}"#, #"{"hologram": "x"}"#, #"{"url": ""}"#])
    func `an artifact without a content that this version knows is refused`(text: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(Artifact.self, from: Data(text.utf8))
        }
    }

    @Test func `a progress out of range is clamped when it is decoded`() throws {
        let progress = try JSONDecoder().decode(JobProgress.self, from: Data(#"{"fraction": 7}"#.utf8))
        #expect(progress == JobProgress(fraction: 1))
    }

    @Test func `an observer can be tested with events that no client has made`() throws {
        let job = try JobReference("example.video:7")
        let retry = FetchRetry(
            error: FetchError(.serverError, "failed"),
            requests: 2,
            elapsed: .seconds(3),
            nextRequest: .seconds(1)
        )
        let event = FetchEvent(job: job, provider: "example", kind: .retrying(retry))
        #expect(event == FetchEvent(job: job, provider: "example", kind: .retrying(retry)))
        #expect(event != FetchEvent(job: job, provider: "example", kind: .requested))
    }
}
