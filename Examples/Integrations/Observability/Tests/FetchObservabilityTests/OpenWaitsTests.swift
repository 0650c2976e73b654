import FetchCore
import FetchObservability
import Foundation
import Testing

@Suite("The table of waits") struct OpenWaitsTests {
    private func event(_ id: Int, _ second: Int, number: Int = 1) throws -> RecordedEvent {
        let event = FetchEvent(
            job: try JobReference("example.clip:\(id)"),
            provider: "example",
            request: FetchEvent.Request(number: number),
            kind: .requested
        )
        return RecordedEvent(event, at: .seconds(second), Date(timeIntervalSince1970: 0))
    }

    @Test func `a wait lasts from its first request to its end`() throws {
        var waits = OpenWaits(limit: 10)
        waits.beginRequest(try event(1, 3))
        waits.endRequest(try event(1, 4))
        waits.beginRequest(try event(1, 8, number: 2))
        #expect(waits.requestsInFlight(at: .seconds(9)) == ["example": 1])
        #expect(waits.end(try event(1, 10)) == .seconds(7))
        #expect(waits.end(try event(1, 11)) == nil)
        #expect(waits.requestsInFlight(at: .seconds(11)) == [:])
    }

    @Test func `a wait whose beginning wasn't seen isn't added`() throws {
        var waits = OpenWaits(limit: 10)
        waits.beginRequest(try event(1, 3, number: 5))
        #expect(waits.count == 0)
    }

    @Test func `waits that have ended take no memory`() throws {
        var waits = OpenWaits(limit: 1_000)
        for id in 1...20_000 {
            waits.beginRequest(try event(id, id))
            if id > 10 { #expect(waits.end(try event(id - 10, id)) == .seconds(10)) }
        }
        #expect(waits.count == 10)
        #expect(waits.entries <= 65)
    }

    @Test func `waits that don't end take no more memory than the limit allows`() throws {
        var waits = OpenWaits(limit: 100)
        for id in 1...20_000 { waits.beginRequest(try event(id, id)) }
        #expect(waits.count == 100)
        #expect(waits.entries <= 201)
        // The latest ones are there.
        #expect(waits.end(try event(20_000, 20_000)) == .zero)
        #expect(waits.end(try event(19_900, 20_000)) == nil)
    }

    @Test func `a limit of zero turns the table off`() throws {
        var waits = OpenWaits(limit: 0)
        waits.beginRequest(try event(1, 3))
        #expect(waits.count == 0)
        #expect(waits.end(try event(1, 4)) == nil)
    }
}
