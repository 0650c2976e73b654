import FetchCore
import FetchTesting
import Testing

@Suite struct `The gaps after errors` {
    @Test(arguments: [0, 0.25, 0.5, 1, -3, 7, .infinity, -.infinity, .nan])
    func `are full jitter below a bound that doubles, between floor and ceiling`(random: Double) async throws {
        let policy = PollingPolicy(deadline: .seconds(6_000), minimumGap: .seconds(1), maximumGap: .seconds(60))
        let office = Office(
            Array(repeating: .status(500), count: 12) + [.done],
            policy: policy,
            random: { random }
        )
        #expect(await office.wait().output == "parcel")
        let share = random.isNaN ? 1 : min(max(random, 0), 1)
        let expected = (1...12).map { Duration.seconds(max(share * min(Double(1 << $0), 60), 1)) }
        #expect(office.gaps == expected)
    }

    @Test func `are the same where only 429 is answered, and it says no time`() async throws {
        let office = Office(Array(repeating: .status(429), count: 8) + [.done], random: { 1 })
        #expect(await office.wait().output == "parcel")
        #expect(office.gaps == [2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
    }

    @Test func `begin anew after an answer about the job`() async throws {
        let policy = PollingPolicy(schedule: .fixed(.seconds(5)))
        for status in [500, 429] {
            let script: [ScriptedTransport.Step] = [
                .status(status), .status(status), .waiting, .status(status), .done,
            ]
            let office = Office(script, policy: policy, random: { 1 })
            _ = await office.wait()
            #expect(office.gaps == [2, 4, 5, 2].map { .seconds($0) })
        }
    }

    @Test func `stay in range for hundreds of errors and any floor`() async throws {
        for floor in [Duration.zero, .milliseconds(1), .seconds(1), .seconds(Int64.max)] {
            let policy = PollingPolicy(deadline: .seconds(1_000_000), minimumGap: floor, toleratedErrors: .max)
            let office = Office(Array(repeating: .status(500), count: 300) + [.done], policy: policy, random: { 1 })
            let course = await office.wait()
            if floor < .seconds(60) {
                #expect(course.output == "parcel")
                #expect(office.gaps.allSatisfy { $0 >= max(floor, .milliseconds(10)) && $0 <= .seconds(60) })
            } else {
                #expect(office.requestTimes.count == 2)
            }
        }
    }
}
