import FetchCore
import FetchTesting
import Testing

@Suite struct `The updates of a wait` {
    @Test(
        arguments: [[ScriptedTransport.Step.done], [.lost], [.waiting, .done], [.waiting, .waiting, .lost]].indices
    )
    func `end with the terminal state, and nothing is asked after it`(index: Int) async throws {
        let script: [ScriptedTransport.Step] = [[.done], [.lost], [.waiting, .done], [.waiting, .waiting, .lost]][index]
        let office = Office(script)
        let course = await office.wait()
        #expect(course.error == nil)
        #expect(course.updates.map(\.state.isTerminal) == script.indices.map { $0 == script.count - 1 })
        try await office.clock.run { try await office.clock.sleep(for: .seconds(3_600)) }
        #expect(office.requestTimes.count == script.count)
    }

    @Test func `are nil behind the end, however often one asks`() async throws {
        let office = Office([.done])
        let rest = try await office.clock.run {
            var iterator = office.client.updates(Parcel(), id: 7).makeAsyncIterator()
            _ = try await iterator.next()
            return [try await iterator.next(), try await iterator.next()]
        }
        #expect(rest.allSatisfy { $0 == nil })
        #expect(office.requestTimes.count == 1)
    }

    @Test func `are nil behind an error, and nothing is asked after it`() async throws {
        let office = Office([.status(401), .done])
        let isOver = try await office.clock.run {
            var iterator = office.client.updates(Parcel(), id: 7).makeAsyncIterator()
            await #expect(throws: FetchError.self) { try await iterator.next() }
            return try await iterator.next() == nil
        }
        #expect(isOver)
        #expect(office.requestTimes.count == 1)
    }

    @Test func `are one for each answer, failed requests counted but not shown`() async throws {
        let course = await Office([.waiting, .connectionLost, .status(503), .waiting, .done]).wait()
        #expect(course.updates.map(\.requests) == [1, 4, 5])
    }

    @Test func `say truly when the next request will be made`() async throws {
        let office = Office([.waiting(eta: 30), .waiting(wait: 7), .waiting, .waiting, .done])
        let course = await office.wait()
        for (update, time) in zip(course.updates, office.requestTimes.dropFirst()) {
            #expect(update.nextRequest.map { update.elapsed + $0 } == time)
        }
        #expect(course.updates.last?.nextRequest == nil)
    }

    @Test func `say so where no request follows before the deadline`() async throws {
        let course = await Office([.waiting], policy: PollingPolicy(deadline: .seconds(10))).wait()
        #expect(course.updates.last?.nextRequest == nil)
        #expect(course.updates.dropLast().allSatisfy { $0.nextRequest != nil })
    }

    @Test func `don't punish a slow consumer: its time counts as the gap`() async throws {
        let office = Office([.waiting(wait: 20), .waiting(wait: 20), .waiting(wait: 20), .done])
        try await office.clock.run {
            for try await update in office.client.updates(Parcel(), id: 7) where update.requests < 3 {
                try await office.clock.sleep(for: .seconds(update.requests == 1 ? 15 : 33))
            }
        }
        #expect(office.requestTimes == [.zero, .seconds(20), .seconds(53), .seconds(73)])
    }

    @Test func `send nothing before they are iterated`() async throws {
        let office = Office([.done])
        let updates = office.client.updates(Parcel(), id: 7)
        _ = updates.makeAsyncIterator()
        try await office.clock.run { try await office.clock.sleep(for: .seconds(60)) }
        #expect(office.requestTimes.isEmpty)
    }

    @Test func `send nothing after the loop is left`() async throws {
        let office = Office([.waiting])
        try await office.clock.run {
            for try await update in office.client.updates(Parcel(), id: 7) where update.requests == 3 { break }
            try await office.clock.sleep(for: .seconds(3_600))
        }
        #expect(office.requestTimes.count == 3)
    }

    @Test func `can be iterated twice, each time with a deadline of its own`() async throws {
        let office = Office([.waiting], policy: PollingPolicy(deadline: .seconds(30)))
        let updates = office.client.updates(Parcel(), id: 7)
        let lengths = await office.clock.run {
            var lengths: [Duration] = []
            for _ in 1...2 {
                let start = office.clock.elapsed
                do { for try await _ in updates {} } catch {}
                lengths.append(office.clock.elapsed - start)
            }
            return lengths
        }
        #expect(lengths.allSatisfy { $0 > .seconds(29) && $0 <= .seconds(30) })
    }

    @Test @MainActor func `can be iterated on the main actor`() async throws {
        let office = Office([.done])
        var isDone = false
        for try await update in office.client.updates(Parcel(), id: 7) { isDone = update.state.isTerminal }
        #expect(isDone)
    }

    @Test func `by name are those by type`() async throws {
        let steps: [ScriptedTransport.Step] = [.waiting(eta: 9), .connectionLost, .done]
        let byType = await Office(steps).wait()
        let office = Office(steps, registry: try EndpointRegistry(Parcel()))
        let job = try JobReference("post.parcel:7")
        let byName = try await office.clock.run {
            try await office.client.updates(job).reduce(into: []) { $0.append($1) }
        }
        #expect(byName.map(\.elapsed) == byType.updates.map(\.elapsed))
        #expect(byName.map(\.requests) == byType.updates.map(\.requests))
        guard case .succeeded(let output)? = byName.last?.state else { return #expect(Bool(false), "no output") }
        #expect(output as? String == "parcel")
    }
}
