import FaultMatrix
import Testing

@Suite("Fault matrix over URLSession and curl", .timeLimit(.minutes(5)))
struct FaultMatrixTests {
    private static let transports: [TestedTransport] = [.urlSession, .curl]

    @Test(arguments: FaultRun.all(ConnectionFaults.rows, PollingMode.all, over: transports))
    func `a failed connection has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(BrokenResponses.rows, PollingMode.all, over: transports))
    func `an incomplete or slow response has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(TruncatedHeads.rows, PollingMode.post, over: transports))
    func `a truncated head has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(InvalidHTTP.rows, PollingMode.all, over: transports))
    func `an invalid HTTP response has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(UnusualBodies.rows, PollingMode.all, over: transports))
    func `an unusual body has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(TrailersAndLengths.rows, PollingMode.all, over: transports))
    func `a trailer or an extreme length has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(
        // FetchCore interprets the status, so one transport runs all modes, and the others run `fetch`.
        arguments: FaultRun.all(Statuses.rows, PollingMode.post, over: [.curl])
            + FaultRun.all(Statuses.rows, PollingMode.post.filter { $0.call == .fetch }, over: [.urlSession])
    )
    func `a status has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(
        // FetchCore also interprets the header fields.
        arguments: FaultRun.all(HeaderFaults.rows, PollingMode.all, over: [.curl])
            + FaultRun.all(HeaderFaults.rows, PollingMode.post.filter { $0.call == .fetch }, over: [.urlSession])
    )
    func `a header field has the expected outcome`(run: FaultRun) async throws { try await run.check() }
}
