import FaultMatrix
import Testing

/// Runs all tables over both transports: over curl, the default on Linux, in all modes, and over URLSession by `fetch`,
/// since FetchCore does the rest for each transport alike.
@Suite("Fault matrix over URLSession and curl", .timeLimit(.minutes(5)))
struct FaultMatrixTests {
    @Test(arguments: runs(of: ConnectionFaults.rows, PollingMode.all))
    func `a failed connection has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: BrokenResponses.rows, PollingMode.all))
    func `an incomplete or slow response has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: TruncatedHeads.rows, PollingMode.post))
    func `a truncated head has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: InvalidHTTP.rows, PollingMode.all))
    func `an invalid HTTP response has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: UnusualBodies.rows, PollingMode.all))
    func `an unusual body has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: TrailersAndLengths.rows, PollingMode.all))
    func `a trailer or an extreme length has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: Statuses.rows, PollingMode.post))
    func `a status has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: runs(of: HeaderFaults.rows, PollingMode.all))
    func `a header field has the expected outcome`(run: FaultRun) async throws { try await run.check() }

    private static func runs(of rows: [FaultCase], _ modes: [PollingMode]) -> [FaultRun] {
        let byFetch = modes.filter { $0.call == .fetch }
        return FaultRun.all(rows, modes, over: [.curl]) + FaultRun.all(rows, byFetch, over: [.urlSession])
    }
}
