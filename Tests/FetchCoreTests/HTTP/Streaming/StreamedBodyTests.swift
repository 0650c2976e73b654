import FetchCore
import Foundation
import Testing

@Suite("Streamed bodies", .timeLimit(.minutes(1)))
struct StreamedBodyTests {
    private let limit = StreamedResponse.maximumUnreadBytes

    @Test func `bytes are read in order, and small parts are joined`() async throws {
        let harness = BodyHarness()
        for byte in UInt8.min...UInt8.max { #expect(harness.offer(Data([byte])).isTaken) }
        harness.queue.finish()
        var chunks: [Data] = []
        for try await chunk in harness.body() { chunks.append(chunk) }
        #expect(chunks == [Data(UInt8.min...UInt8.max)])
        #expect(harness.stopped == 0)
    }

    @Test func `a reader that waits is resumed by a chunk, and by the end`() async throws {
        let harness = BodyHarness()
        let reading = Task { try await harness.body().reduce(into: Data()) { $0 += $1 } }
        for part in 0..<10 {
            #expect(harness.offer(Data("\(part)".utf8)).isTaken)
            harness.queue.resumeReader()
            await Task.yield()
        }
        harness.queue.finish()
        #expect(try await reading.value == Data("0123456789".utf8))
    }

    @Test func `a full queue refuses parts until half of it is read`() async throws {
        let harness = BodyHarness()
        let part = Data(repeating: 7, count: 64 << 10)
        for _ in 0..<(limit / part.count) { #expect(harness.offer(part).isTaken) }
        #expect(harness.offer(part).isFull)
        #expect(harness.queue.isPaused)
        var chunks = harness.body().makeAsyncIterator()
        var unread = limit
        while unread > limit / 2 {
            #expect(harness.resumed == 0)
            #expect(harness.offer(part).isFull || !harness.queue.isPaused)
            unread -= try #require(try await chunks.next()).count
        }
        #expect(harness.resumed == 1)
        #expect(!harness.queue.isPaused)
        #expect(harness.offer(part).isTaken)
    }

    @Test func `a producer that can't refuse is told to pause`() async throws {
        let harness = BodyHarness()
        #expect(harness.queue.append(Data(repeating: 1, count: limit - 1)).isTaken)
        #expect(harness.queue.append(Data([2])).isFull)
        #expect(harness.queue.append(Data([3])).isFull)
        var chunks = harness.body().makeAsyncIterator()
        #expect(try await chunks.next()?.count == limit - 1)
        #expect(harness.resumed == 1)
        #expect(try await chunks.next() == Data([2]))
        #expect(try await chunks.next() == Data([3]))
        #expect(harness.resumed == 1)
    }

    @Test func `an incomplete body is read up to its end and then throws, again and again`() async throws {
        let harness = BodyHarness()
        _ = harness.offer(Data("begin".utf8))
        harness.queue.finish(throwing: FetchError(.connectionFailed, "lost"))
        harness.queue.finish()
        #expect(harness.offer(Data("late".utf8)).isEnded)
        var chunks = harness.body().makeAsyncIterator()
        #expect(try await chunks.next() == Data("begin".utf8))
        for _ in 0..<2 {
            do {
                _ = try await chunks.next()
                Issue.record("an incomplete body ended")
            } catch let error as FetchError {
                #expect(error.code == .connectionFailed)
            }
        }
    }

    @Test func `a complete body ends again and again, and doesn't stop its producer`() async throws {
        let harness = BodyHarness()
        harness.queue.finish()
        do {
            var chunks = harness.body().makeAsyncIterator()
            for _ in 0..<3 { #expect(try await chunks.next() == nil) }
        }
        #expect(harness.stopped == 0)
    }

    @Test func `cancellation ends a wait at once and stops the producer`() async throws {
        let harness = BodyHarness()
        let body = harness.body()
        let reading = Task {
            var chunks = body.makeAsyncIterator()
            return try await chunks.next()
        }
        reading.cancel()
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(harness.stopped == 1)
        #expect(harness.offer(Data([1])).isEnded)
    }

    @Test func `a cancelled task reads nothing, even if there is something to read`() async throws {
        let harness = BodyHarness()
        _ = harness.offer(Data([1]))
        let body = harness.body()
        let reading = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var chunks = body.makeAsyncIterator()
            return try await chunks.next()
        }
        await #expect(throws: CancellationError.self) { try await reading.value }
        #expect(harness.stopped == 1)
    }

    @Test func `releasing an unread body stops its producer`() {
        let harness = BodyHarness()
        _ = harness.offer(Data([1]))
        do {
            let body = harness.body()
            withExtendedLifetime(body) { #expect(harness.stopped == 0) }
        }
        #expect(harness.stopped == 1)
    }

    @Test func `leaving the loop stops the producer, even if the response is kept`() async throws {
        let harness = BodyHarness()
        _ = harness.offer(Data([1]))
        let response = StreamedResponse(status: 200, body: harness.body())
        for try await _ in response.body { break }
        #expect(harness.stopped == 1)
        withExtendedLifetime(response) {}
    }

    @Test func `a second iterator throws`() async throws {
        for body in [StreamedResponse.Body(Data([1])), BodyHarness().body()] {
            let first = body.makeAsyncIterator()
            var second = body.makeAsyncIterator()
            let error = await #expect(throws: FetchError.self) { try await second.next() }
            #expect(error?.code == .concurrentIteration)
            withExtendedLifetime(first) {}
        }
    }

    @Test func `of two tasks that read at the same time, one gets an error, and the other one goes on`() async throws {
        let harness = BodyHarness()
        let reader = harness.reader()
        try await withThrowingTaskGroup(of: Result<Data?, any Error>.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    do { return .success(try await reader.next()) } catch { return .failure(error) }
                }
            }
            let first = try #require(try await group.next())
            let error = #expect(throws: FetchError.self) { try first.get() }
            #expect(error?.code == .concurrentIteration)
            _ = harness.offer(Data([9]))
            harness.queue.resumeReader()
            #expect(try await group.next()?.get() == Data([9]))
        }
    }

    @Test func `a body from a sequence yields its chunks without the empty ones, and its error`() async throws {
        let (chunks, continuation) = AsyncThrowingStream.makeStream(of: Data.self)
        for text in ["a", "", "bc"] { continuation.yield(Data(text.utf8)) }
        continuation.finish(throwing: FetchError(.connectionFailed, "lost"))
        var iterator = StreamedResponse.Body(chunks).makeAsyncIterator()
        #expect(try await iterator.next() == Data("a".utf8))
        #expect(try await iterator.next() == Data("bc".utf8))
        let error = await #expect(throws: FetchError.self) { try await iterator.next() }
        #expect(error?.code == .connectionFailed)
    }

    @Test func `a body from bytes is one chunk, and an empty one has none`() async throws {
        #expect(
            try await StreamedResponse.Body(Data("ab".utf8)).reduce(into: []) { $0.append($1) } == [Data("ab".utf8)]
        )
        #expect(try await StreamedResponse.Body().reduce(into: [Data]()) { $0.append($1) } == [])
    }

    @Test func `printing or dumping a response shows no value of a header field and no body`() {
        let body = StreamedResponse.Body(Data("secret".utf8))
        let response = StreamedResponse(status: 200, headers: ["X-Key": "secret"], body: body)
        var dumped = ""
        dump(response, to: &dumped)
        #expect(!"\(response)\(dumped)".contains("secret"))
        #expect("\(response)" == "HTTP 200, streamed")
    }
}
