import FetchCore
import FetchTesting
import Foundation
import Testing

/// What broke in other clients, one test for each.
@Suite struct `What broke elsewhere holds here` {
    static let schedules: [any PollingSchedule] = [
        .leastCost, .leastCost(secondsPerRequest: 60), .fixed(.seconds(1)), .fixed(.seconds(7)),
        .fixed(.seconds(3_600)),
        .exponential(first: .seconds(1)), .exponential(first: .seconds(2), factor: 10),
    ]

    @Test(arguments: schedules.indices)
    func `1. A job done within the deadline is found, whatever the schedule`(index: Int) async throws {
        for duration in [0.0, 1, 100, 151, 239, 250, 280, 299, 299.8] {
            for latency in [0.0, 0.05, 2] where duration + 2.5 * latency < 300 {
                let policy = PollingPolicy(
                    deadline: .seconds(300),
                    maximumGap: .seconds(600),
                    schedule: Self.schedules[index]
                )
                let office = Office.job(readyAt: .seconds(duration), latency: .seconds(latency), policy: policy)
                let course = await office.wait()
                #expect(course.output == "parcel", "\(Self.schedules[index]), done at \(duration), latency \(latency)")
                #expect(course.end <= .seconds(300))
            }
        }
    }

    @Test func `1. One lost request does not cost the end of the deadline`() async throws {
        let clock = VirtualClock()
        let office = Office([.silence, .job(readyAt: .seconds(595), on: clock)], clock: clock)
        #expect(await office.wait().output == "parcel")
    }

    @Test func `2. A floor above the ceiling neither traps nor spins`() async throws {
        let policy = PollingPolicy(minimumGap: .seconds(20), maximumGap: .seconds(5))
        let office = Office.job(readyAt: .seconds(50), policy: policy)
        #expect(await office.wait().output == "parcel")
        #expect(office.requestTimes == [.zero, .seconds(20), .seconds(40), .seconds(60)])
    }

    @Test func `3. The deadline ends a wait whose requests all succeed`() async throws {
        let office = Office([.waiting], policy: PollingPolicy(deadline: .seconds(180)))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.end > .seconds(179) && course.end <= .seconds(180))
    }

    @Test func `3. The deadline ends a wait in which no request is ever answered`() async throws {
        let office = Office([.silence], policy: PollingPolicy(deadline: .seconds(45)))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.end <= .seconds(45))
    }

    @Test func `4. Running out of time is neither a cancellation nor an error of the server`() async throws {
        let course = await Office([.waiting], policy: PollingPolicy(deadline: .seconds(10))).wait()
        #expect(!(course.error is CancellationError))
        let error = try #require(course.fetchError)
        #expect(error.code == .deadlineExceeded)
        #expect(error.httpStatus == nil)
        #expect(error.lastError == nil)
    }

    @Test func `5. An unknown status is pending, and the deadline ends it`() async throws {
        let office = Office([.json(#"{"state":"quantum_sorting"}"#)], policy: PollingPolicy(deadline: .seconds(60)))
        let course = await office.wait()
        #expect(course.fetchError?.code == .deadlineExceeded)
        #expect(course.updates.count == office.requestTimes.count)
    }

    @Test func `6. A job that failed is not asked about again`() async throws {
        let office = Office([.waiting, .lost])
        let course = await office.wait()
        #expect(course.updates.last?.state.isTerminal == true)
        #expect(course.error == nil)
        #expect(office.requestTimes.count == 2)
    }

    @Test(arguments: [400, 401, 402, 403, 422])
    func `6. An error that stays is not asked away`(status: Int) async throws {
        let office = Office([.status(status)])
        #expect(await office.wait().fetchError?.httpStatus == status)
        #expect(office.requestTimes == [.zero])
    }

    @Test func `7. One lost connection does not kill a wait of twenty minutes`() async throws {
        let clock = VirtualClock()
        let job = ScriptedTransport.Step.job(readyAt: .seconds(1_200), on: clock)
        let steps = Array(repeating: job, count: 10) + [.connectionLost, job]
        let office = Office(steps, clock: clock, policy: PollingPolicy(deadline: .seconds(1_800)))
        #expect(await office.wait().output == "parcel")
    }

    @Test func `8. The hint of each answer counts, not only that of the first`() async throws {
        let office = Office([.waiting(wait: 3), .waiting(wait: 11), .waiting(wait: 5), .done])
        _ = await office.wait()
        #expect(office.gaps == [.seconds(3), .seconds(11), .seconds(5)])
    }

    @Test(arguments: ["30", "Tue, 14 Nov 2023 22:13:50 GMT"])
    func `8. Being asked to slow down is heeded, in seconds and as a date`(hint: String) async throws {
        let office = Office([.status(429, headers: ["Retry-After": hint]), .done])
        #expect(await office.wait().output == "parcel")
        #expect(office.gaps == [.seconds(30)])
    }

    @Test func `9. Cancelling ends a long gap at once and leaves nothing behind`() async throws {
        let office = Office([.waiting(wait: 50)])
        let (result, end) = await office.cancelling(after: .seconds(10)) {
            try await office.client.result(Parcel(), id: 7)
        }
        #expect(throws: CancellationError.self) { try result.get() }
        #expect(end == .seconds(10))
        try await office.clock.run { try await office.clock.sleep(for: .seconds(600)) }
        #expect(office.requestTimes == [.zero])
    }

    @Test func `10. Of two waiters for one job, the second survives the cancelling of the first`() async throws {
        let office = Office.job(readyAt: .seconds(30))
        let second = await office.clock.run {
            async let second = office.client.result(Parcel(), id: 7)
            await withTaskGroup { group in
                group.addTask { _ = try? await office.client.result(Parcel(), id: 7) }
                try? await office.clock.sleep(for: .seconds(5))
                group.cancelAll()
            }
            return try? await second
        }
        #expect(second == "parcel")
    }

    @Test func `12. A state is handed out before the gap behind it`() async throws {
        let office = Office([.waiting(wait: 40), .done])
        let course = await office.wait()
        #expect(course.updates.map(\.elapsed) == [.zero, .seconds(40)])
        let firstSeen = try await office.clock.run {
            let start = office.clock.elapsed
            for try await _ in office.client.updates(Parcel(), id: 7) { break }
            return office.clock.elapsed - start
        }
        #expect(firstSeen == .zero)
    }

    @Test func `11. A slow job does not block those behind it`() async throws {
        let clock = VirtualClock()
        let step = ScriptedTransport.Step { request in
            let isSlow = request.url.lastPathComponent == "1"
            return try await ScriptedTransport.Step.job(readyAt: .seconds(isSlow ? 500 : 5), on: clock).play(request)
        }
        let office = Office([step], clock: clock)
        let ends = await clock.run {
            await withTaskGroup { group in
                for id in 1...20 {
                    group.addTask {
                        _ = try? await office.client.result(Parcel(), id: id)
                        return (id: id, end: clock.elapsed)
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.id] = $1.end }
            }
        }
        #expect(ends.count == 20)
        #expect(ends.allSatisfy { $0.key == 1 ? $0.value >= .seconds(500) : $0.value < .seconds(12) })
    }

    @Test func `13. A wait crosses tasks, and what is stored of a job holds no key`() async throws {
        let key = "sk-canary-0123456789"
        let office = Office([.waiting, .done], credentials: .fixed(["post": APIKey(key)]))
        let parcel = Parcel(authorization: .bearer)
        let updates = office.client.updates(parcel, id: 7)
        let outputs = try await office.clock.run {
            try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await updates.reduce(0) { count, _ in count + 1 } }
                return try await group.reduce(0, +)
            }
        }
        #expect(outputs == 2)
        let stored = try JSONEncoder().encode(JobReference(endpoint: parcel.name, id: "7"))
        #expect(String(decoding: stored, as: UTF8.self) == #""post.parcel:7""#)
    }

    @Test func `14. Large and negative ids are sent as integers`() async throws {
        let office = Office([.done])
        try await office.clock.run {
            for id in [150_213_584, Int.max, Int.min] { _ = try await office.client.fetch(Parcel(), id: id) }
        }
        let segments = office.requestURLs.map(\.lastPathComponent)
        #expect(segments == ["150213584", "9223372036854775807", "-9223372036854775808"])
    }

    @Test(arguments: [200, 404, 500, 502])
    func `15. An HTML page is never a result`(status: Int) async throws {
        let page = FetchResponse(
            status: status,
            headers: ["Content-Type": "text/html"],
            body: Data("<html><h1>done</h1></html>".utf8)
        )
        let office = Office([.response(page)], policy: PollingPolicy(deadline: .seconds(60), toleratedErrors: 2))
        let course = await office.wait()
        #expect(course.updates.isEmpty)
        let error = try #require(course.fetchError)
        #expect(error.message.contains("<html>") || error.lastError?.message.contains("<html>") == true)
    }
}
