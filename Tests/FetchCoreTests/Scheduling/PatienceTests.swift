import FetchCore
import FetchTesting
import Testing

@Suite struct `The less patient of several who wait` {
    private let patient = PollingPolicy(deadline: .seconds(3600), requestTimeout: .seconds(600))
    private let impatient = PollingPolicy(deadline: .seconds(20), requestTimeout: .seconds(600))

    @Test func `gives up in time, though the request of another goes on`() async throws {
        let depot = Depot(latency: .seconds(100))
        let client = try depot.client(policy: patient)
        try await depot.clock.run {
            async let output = client.result(Crate(), id: "0")
            try await depot.clock.sleep(for: .seconds(10))
            let error = await #expect(throws: FetchError.self) {
                try await client.result(Crate(), id: "0", policy: impatient)
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(abs(depot.clock.elapsed.seconds - 30) < 0.1)
            #expect(try await output == "crate 0")
        }
        #expect(depot.times(of: "0") == [.zero])
    }

    @Test func `gives up in time, though a single fetch goes on`() async throws {
        let depot = Depot(latency: .seconds(100))
        let client = try depot.client(policy: patient)
        try await depot.clock.run {
            async let state = client.fetch(Crate(), id: "0")
            try await depot.clock.sleep(for: .seconds(10))
            await #expect(throws: FetchError.self) { try await client.result(Crate(), id: "0", policy: impatient) }
            #expect(abs(depot.clock.elapsed.seconds - 30) < 0.1)
            _ = try await state
        }
    }

    @Test func `gives up in time, though the job stands in line for another`() async throws {
        let depot = Depot(latency: .seconds(100))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1), policy: patient)
        try await depot.clock.run {
            async let first = client.result(Crate(), id: "0-first")
            try await depot.clock.sleep(for: .seconds(1))
            async let second = client.result(Crate(), id: "0-second")
            try await depot.clock.sleep(for: .seconds(9))
            await #expect(throws: FetchError.self) {
                try await client.result(Crate(), id: "0-second", policy: impatient)
            }
            #expect(abs(depot.clock.elapsed.seconds - 30) < 0.1)
            _ = try await (first, second)
        }
    }

    @Test func `takes its wish to ask along when it leaves the line`() async throws {
        let depot = Depot(latency: .seconds(40))
        let client = try depot.client(
            limits: FetchLimits(requestsInFlight: 1),
            policy: PollingPolicy(
                deadline: .seconds(3600),
                requestTimeout: .seconds(600),
                schedule: .fixed(.seconds(50))
            )
        )
        let hurried = PollingPolicy(deadline: .seconds(3600), minimumGap: .seconds(1), schedule: .fixed(.seconds(1)))
        try await depot.clock.run {
            // Asked about from 0 to 40. The slow one wants to ask again at 90, the hurried one, who leaves at 60, at 41.
            async let slow = client.result(Crate(), id: "70")
            async let other = client.result(Crate(), id: "0-other")
            let error = await depot.cancelling(after: .seconds(60)) {
                try await client.result(Crate(), id: "70", policy: hurried)
            }
            #expect(error is CancellationError)
            _ = try await (slow, other)
        }
        #expect(depot.times(of: "0-other") == [.seconds(40)])
        #expect(depot.times(of: "70") == [.zero, .seconds(90)])
    }

    @Test func `asks for nobody when it leaves the line to one who looks away`() async throws {
        let depot = Depot(latency: .seconds(40))
        let client = try depot.client(limits: FetchLimits(requestsInFlight: 1), policy: patient)
        try await depot.clock.run {
            var slow = client.updates(Crate(), id: "900").makeAsyncIterator()
            _ = try await slow.next()
            async let other = client.result(Crate(), id: "0-other")
            try await depot.clock.sleep(for: .seconds(1))
            let error = await depot.cancelling(after: .seconds(20)) { try await client.result(Crate(), id: "900") }
            #expect(error is CancellationError)
            _ = try await other
            try await depot.clock.sleep(for: .seconds(100))
        }
        #expect(depot.times(of: "900") == [.zero])
        #expect(client.statistics["depot.crate"]?.failures == 0)
    }
}
