import FetchCore
import FetchTesting
import Testing

@Suite("Statuses that refuse a request for the moment") struct TemporaryRefusalTests {
    @Test(arguments: [409, 421, 423, 425, 449])
    func `409, 421, 423, 425 and 449 once in a wait are transient`(status: Int) async throws {
        let harness = PollingHarness([.pending, .status(status), .done])
        #expect(await harness.poll().output == "output")
    }

    @Test(arguments: [409, 421, 423, 425, 449])
    func `for every request they end polling after the tolerated errors`(status: Int) async throws {
        let harness = PollingHarness([.status(status)], policy: PollingPolicy(toleratedErrors: 3))
        let error = try #require(await harness.poll().fetchError)
        #expect(error.code == .temporarilyRefused)
        #expect(error.httpStatus == status)
        #expect(harness.requestTimes.count == 4)
    }

    @Test(arguments: [400, 405, 406, 411, 412, 413, 414, 415, 416, 417, 418, 422, 426, 428, 431, 451])
    func `statuses that say that the request itself is wrong are permanent`(status: Int) async throws {
        let harness = PollingHarness([.status(status), .done])
        #expect(await harness.poll().fetchError?.code == .badRequest)
        #expect(harness.requestTimes.count == 1)
    }
}
