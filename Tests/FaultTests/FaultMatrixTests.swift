import FetchTesting
import Testing

@Suite(.timeLimit(.minutes(5)))
struct FaultMatrixTests {
    @Test(arguments: ConnectionFaults.rows, Way.all)
    func `a connection that fails`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
    }

    @Test(arguments: BrokenAnswers.rows, Way.all)
    func `an answer that breaks off or comes slowly`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
    }

    @Test(arguments: NotHTTP.rows, Way.all)
    func `an answer that is not HTTP`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
    }

    @Test(arguments: OddBodies.rows, Way.all)
    func `an answer with an odd body`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
    }

    @Test(arguments: Statuses.rows, Way.posts)
    func `a status`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
    }

    @Test(arguments: HeaderFaults.rows, Way.all)
    func `a header field`(row: FaultCase, way: Way) async throws {
        try await FaultRun(row: row, way: way).check()
        #expect(Elsewhere.script.requests.isEmpty)
    }
}
