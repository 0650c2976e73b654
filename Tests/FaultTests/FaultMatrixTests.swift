import FaultMatrix
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FaultMatrixTests {
    private static let transports: [TestedTransport] = [.urlSession, .curl]

    @Test(arguments: FaultRun.all(ConnectionFaults.rows, Way.all, over: transports))
    func `a connection that fails`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(BrokenAnswers.rows, Way.all, over: transports))
    func `a response that breaks off or comes slowly`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(BrokenHeads.rows, Way.posts, over: transports))
    func `a response that breaks off within its head`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(NotHTTP.rows, Way.all, over: transports))
    func `a response that is not HTTP`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(OddBodies.rows, Way.all, over: transports))
    func `a response with an odd body`(run: FaultRun) async throws { try await run.check() }

    @Test(arguments: FaultRun.all(Extremes.rows, Way.all, over: transports))
    func `a response with a trailer, or of a size beyond all limits`(run: FaultRun) async throws {
        try await run.check()
    }

    @Test(
        // What a status means is the core's matter. Each way over one transport, and each status over the others, is enough.
        arguments: FaultRun.all(Statuses.rows, Way.posts, over: [.curl])
            + FaultRun.all(Statuses.rows, Way.posts.filter { $0.call == .fetch }, over: [.urlSession])
    )
    func `a status`(run: FaultRun) async throws { try await run.check() }

    @Test(
        // The same holds for what a field says.
        arguments: FaultRun.all(HeaderFaults.rows, Way.all, over: [.curl])
            + FaultRun.all(HeaderFaults.rows, Way.posts.filter { $0.call == .fetch }, over: [.urlSession])
    )
    func `a header field`(run: FaultRun) async throws { try await run.check() }
}
