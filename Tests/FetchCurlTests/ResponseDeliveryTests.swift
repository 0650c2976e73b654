import FetchCurl
import Foundation
import Testing

@Suite("Delivery of responses to tasks")
struct ResponseDeliveryTests {
    @Test
    func `a response waits for others, but not longer than 200 microseconds`() async throws {
        var delivery = ResponseDelivery()
        #expect(!delivery.isDue(now: .max))
        let response: CurlResponse = try await withCheckedThrowingContinuation { task in
            delivery.add(CurlResponse(status: 202, head: [], body: Data()), to: task, now: 1_000)
            #expect(!delivery.isDue(now: 200_999))
            #expect(delivery.isDue(now: 201_000))
            delivery.resumeTasks()
        }
        #expect(response.status == 202)
        #expect(!delivery.isDue(now: .max))
    }

    @Test
    func `all tasks receive their own responses`() async throws {
        let delivery = SharedDelivery(size: 3)
        let received = try await withThrowingTaskGroup(of: Bool.self) { group in
            for status in [200, 404, 500] {
                group.addTask { try await delivery.response(withStatus: status).status == status }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(received == [true, true, true])
    }
}

/// A delivery that several tasks share, and that resumes them when all of them wait.
private actor SharedDelivery {
    private let size: Int
    private var delivery = ResponseDelivery()
    private var count = 0

    init(size: Int) { self.size = size }

    /// Waits until all tasks wait, and returns a response.
    func response(withStatus status: Int) async throws -> CurlResponse {
        try await withCheckedThrowingContinuation { task in
            delivery.add(CurlResponse(status: status, head: [], body: Data()), to: task, now: 0)
            count += 1
            if count == size { delivery.resumeTasks() }
        }
    }
}
