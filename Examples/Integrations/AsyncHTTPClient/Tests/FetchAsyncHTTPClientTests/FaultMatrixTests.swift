import FaultMatrix
import FetchAsyncHTTPClient
import Testing

@Suite("Fault matrix over AsyncHTTPClient", .timeLimit(.minutes(5)))
struct FaultMatrixTests {
    private static let transports = [TestedTransport(.asyncHTTPClient) { AsyncHTTPClientTransport() }]

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

    @Test(arguments: FaultRun.all(Statuses.rows, PollingMode.post.filter { $0.call == .fetch }, over: transports))
    func `a status has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(HeaderFaults.rows, PollingMode.all, over: transports))
    func `a header field has the expected outcome`(run: FaultRun) async throws { try await run.check() }
}
