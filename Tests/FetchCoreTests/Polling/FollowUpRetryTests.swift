import FetchCore
import FetchTesting
import Foundation
import Testing

/// Tests of what follows when a job is done and a request for its output fails.
@Suite("Retries of follow-up requests") struct FollowUpRetryTests {
    private static let status = ScriptedTransport.Step.json(#"{"state":"done"}"#)
    private static let secondStatus = ScriptedTransport.Step.json(#"{"state":"done","round":2}"#)
    private static let first = ScriptedTransport.Step.response(FetchResponse(status: 200, body: Data("one".utf8)))
    private static let second = ScriptedTransport.Step.response(FetchResponse(status: 200, body: Data("two".utf8)))

    /// The paths of the requests, and the round whose status their links are from.
    private func requests(_ harness: PollingHarness) -> [String] {
        harness.requestURLs.map { url in
            let round = url.query() == "round=2" ? "2" : ""
            return url.lastPathComponent == "7" ? "status" : url.lastPathComponent + round
        }
    }

    private func result(
        _ harness: PollingHarness,
        policy: PollingPolicy? = nil
    ) async -> Result<[String], any Error> {
        await harness.clock.run {
            do {
                return .success(try await harness.client.result(BatchEndpoint(), id: 7, policy: policy))
            } catch {
                return .failure(error)
            }
        }
    }

    private func error(_ steps: [ScriptedTransport.Step], policy: PollingPolicy? = nil) async -> FetchError? {
        guard case .failure(let error as FetchError) = await result(PollingHarness(steps), policy: policy) else {
            Issue.record("There is no error.")
            return nil
        }
        return error
    }

    @Test func `a finished batch with two files that take 16 seconds each is delivered`() async throws {
        let harness = PollingHarness([Self.status, Self.first.after(.seconds(16)), Self.second.after(.seconds(16))])
        #expect(try await result(harness).get() == ["one", "two"])
        #expect(harness.requestTimes == [.zero, .zero, .seconds(16)])
    }

    @Test(arguments: [500, 503, 429, 0])
    func `a retry goes on at the file that failed, and keeps the one before`(status: Int) async throws {
        let failure: ScriptedTransport.Step = status == 0 ? .connectionLost : .status(status)
        let harness = PollingHarness([Self.status, Self.first, failure, Self.second])
        #expect(try await result(harness).get() == ["one", "two"])
        #expect(requests(harness) == ["status", "first", "second", "second"])
    }

    @Test func `a file that takes too long is requested again, and the job isn't polled again`() async throws {
        let harness = PollingHarness([Self.status, Self.first.after(.seconds(31)), Self.first, Self.second])
        #expect(try await result(harness).get() == ["one", "two"])
        #expect(requests(harness) == ["status", "first", "first", "second"])
        #expect(harness.requestTimes[2] > .seconds(30))
    }

    @Test func `after five failures of one file in a row the job is polled again for new links`() async throws {
        let failures = Array(repeating: ScriptedTransport.Step.status(502), count: 5)
        let harness = PollingHarness([Self.status] + failures + [Self.secondStatus, Self.first, Self.second])
        #expect(try await result(harness).get() == ["one", "two"])
        #expect(
            requests(harness)
                == ["status"] + Array(repeating: "first", count: 5) + ["status", "first2", "second2"]
        )
    }

    @Test(arguments: [400, 401, 403, 410])
    func `a link that has expired during the retries is replaced by a new one`(status: Int) async throws {
        let harness = PollingHarness([
            Self.status, Self.first, .status(500), .status(status), Self.secondStatus, Self.first, Self.second,
        ])
        #expect(try await result(harness).get() == ["one", "two"])
        #expect(
            requests(harness) == ["status", "first", "second", "second", "status", "first2", "second2"]
        )
    }

    @Test(arguments: [(400, FetchError.Code.badRequest), (401, .unauthorized), (403, .forbidden)])
    func `a new link that is refused is a final error, which says that the job is done`(
        status: Int,
        code: FetchError.Code
    ) async throws {
        let error = try #require(await error([Self.status, .status(status)]))
        #expect(error.code == code)
        #expect(!error.isRetryable)
        #expect(error.hasJobEnded)
        #expect(error.description.contains("The job itself is done."))
    }

    @Test func `a refused key leaves room for the output of a job that is done`() async throws {
        let refused = try #require(await error([Self.status, .status(401)]))
        #expect(JobResult(refused) == .unknown(refused))
        let gone = try #require(await error([Self.status, .status(410)]))
        #expect(JobResult(gone) == .failed(gone))
    }

    @Test func `a link that is refused each time ends polling in the end`() async throws {
        let round = [Self.status, .status(500), .status(403)]
        let error = try #require(await error((0..<100).flatMap { _ in round }))
        #expect(error.hasJobEnded)
        #expect(error.message.contains("errors in a row"))
    }

    @Test func `files that fail for ever end polling with an error that says that the job is done`() async throws {
        let error = try #require(await error([Self.status, .status(500)], policy: PollingPolicy(toleratedErrors: 3)))
        #expect(error.code == .serverError)
        #expect(error.hasJobEnded)
        #expect(JobResult(error) == .unknown(error))
    }

    @Test(arguments: [ScriptedTransport.Step.silence, .status(503), .connectionLost])
    func `at the deadline the error says that the job is done and its output is missing`(
        step: ScriptedTransport.Step
    ) async throws {
        let policy = PollingPolicy(deadline: .seconds(40))
        let error = try #require(await error([Self.status, Self.first, step], policy: policy))
        #expect(error.code == .deadlineExceeded)
        #expect(error.hasJobEnded)
        #expect(error.message.hasPrefix("the job is done, but its output couldn't be fetched within 40 s"))
        #expect(error.errorDescription == "The job's output couldn't be fetched in time.")
        #expect(error.isRetryable)
        #expect(JobResult(error) == .unknown(error))
    }

    @Test func `a status that fails after a file did doesn't make the job's end unknown again`() async throws {
        let steps = [Self.status, .status(404), .status(503)]
        let error = try #require(await error(steps, policy: PollingPolicy(deadline: .seconds(30))))
        #expect(error.hasJobEnded)
        #expect(error.message.contains("the job is done"))
    }

    @Test func `a job whose file says that it is pending hasn't ended`() async throws {
        let harness = PollingHarness([.followUp, .pending], policy: PollingPolicy(deadline: .seconds(20)))
        let error = try #require(await harness.poll().fetchError)
        #expect(!error.hasJobEnded)
        #expect(error.message.contains("still pending"))
    }

    @Test func `a job of forty files is delivered although each of them fails at first`() async throws {
        let files = (0..<40).flatMap { _ in [ScriptedTransport.Step.followUp, .status(503)] }
        let harness = PollingHarness(files + [.done])
        #expect(await harness.poll().output == "output")
        #expect(harness.requestTimes.count == 81)
    }

    @Test func `a file that fails again and again ends polling, also after others were received`() async throws {
        let steps =
            [.status(500), Self.status, Self.first] + Array(repeating: ScriptedTransport.Step.status(500), count: 99)
        let error = try #require(await error(steps, policy: PollingPolicy(toleratedErrors: 3)))
        #expect(error.message.contains("the last of 4 errors in a row"))
    }

    @Test func `an endless chain in which each second request fails ends like any other`() async throws {
        let steps = (0..<200).flatMap { _ in [ScriptedTransport.Step.followUp, .status(500)] }
        let harness = PollingHarness(steps, policy: PollingPolicy(deadline: .seconds(86_400)))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .malformedEndpoint)
        #expect(error.hasJobEnded)
    }
}
