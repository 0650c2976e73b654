import FetchCore
import Testing

@Suite("Latest events") struct LatestEventTests {
    @Test func `a late older event doesn't replace a newer one`() {
        var events = LatestEvent<String>()
        events.keep("second", number: 2)
        let isKept = events.keep("first", number: 1)
        #expect(!isKept)
        #expect(events.take() == "second")
        #expect(events.take() == nil)
    }

    @Test func `an event that is older than one that was taken is dropped`() {
        var events = LatestEvent<String>()
        events.keep("second", number: 2)
        _ = events.take()
        events.keep("first", number: 1)
        #expect(events.take() == nil)
        events.keep("third", number: 3)
        #expect(events.take() == "third")
    }

    @Test func `nothing replaces the last event, which is kept whatever its number`() {
        var events = LatestEvent<String>()
        events.keep("third", number: 3)
        events.keep("the end", number: 1, isLast: true)
        events.keep("fourth", number: 4)
        #expect(events.take() == "the end")
        #expect(events.take() == nil)
    }
}
