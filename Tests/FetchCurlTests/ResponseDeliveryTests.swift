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
}
