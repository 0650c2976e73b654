import FetchCore
import Foundation
import Measuring

/// One way of waiting for a crowd, measured in a process of its own.
struct Wait {
    let crowd: Crowd
    let way: Figure.Way

    func measured() async throws -> Figure {
        let desk = Desk(crowd)
        let atRest = Memory.resident
        var figure = Figure(way: way, jobs: crowd.jobs, requestsPerSecond: crowd.rate)
        switch way {
        case .batch: try await batch(desk, &figure)
        case .tasks: try await tasks(desk, &figure)
        }
        figure.requests = desk.requests
        figure.peakMemory = Double(Memory.peak) / 1_048_576
        figure.bytesPerJob = Double(Memory.peak - atRest) / Double(crowd.jobs)
        figure.latenessMedian = desk.lateness(of: 0.5)
        figure.latenessP99 = desk.lateness(of: 0.99)
        figure.transportAndDecoding = try directCost()
        return figure
    }

    private var requests: Double { Double(crowd.jobs * crowd.rounds) }

    private func batch(_ desk: Desk, _ figure: inout Figure) async throws {
        let client = FetchClient(
            registry: try EndpointRegistry(QueuedEndpoint()),
            transport: desk,
            credentials: .fixed(["example": APIKey("sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e")]),
            policy: PollingPolicy(
                deadline: .seconds(86_400),
                minimumGap: .milliseconds(10),
                maximumGap: .seconds(3_600),
                schedule: crowd.schedule
            )
        )
        let adding = Usage()
        let batch = client.batch()
        for job in 0..<crowd.jobs {
            let age = crowd.age(of: job, at: desk.now)
            batch.add(
                QueuedJob(
                    try JobReference(endpoint: "example.job", id: String(job)),
                    submitted: Submission(at: Date(timeIntervalSinceNow: -age))
                )
            )
        }
        batch.finish()
        figure.cpuPerJob = adding.spent.cpu / Double(crowd.jobs) * 1e6
        let asking = Usage()
        var outcomes = 0
        for try await outcome in batch {
            _ = try outcome.result.get()
            outcomes += 1
        }
        figure.cpuPerRequest = asking.spent.cpu / requests * 1e6
        guard outcomes == crowd.jobs, desk.requests == crowd.jobs * crowd.rounds else { throw Miscount() }
    }

    private func tasks(_ desk: Desk, _ figure: inout Figure) async throws {
        let adding = Usage()
        try await withThrowingDiscardingTaskGroup { group in
            for job in 0..<crowd.jobs {
                group.addTask {
                    try await Task.sleep(for: .seconds(crowd.firstDue(job) - desk.now))
                    let endpoint = QueuedEndpoint()
                    while case .pending = try endpoint.answer(to: job, from: desk.answer(for: job)) {
                        try await Task.sleep(for: .seconds(crowd.gap))
                    }
                }
            }
            figure.cpuPerJob = adding.spent.cpu / Double(crowd.jobs) * 1e6
        }
        figure.cpuPerRequest = adding.spent.cpu / requests * 1e6
        guard desk.requests == crowd.jobs * crowd.rounds else { throw Miscount() }
    }

    /// Microseconds of CPU that one answer and its decoding take at the same rate: in a thread that does nothing else, and sleeps
    /// whenever it is through with those that are due. A core that has slept is slower at first, whatever it does.
    private func directCost() throws -> Double {
        let desk = Desk(Crowd(jobs: 100_000, rate: 1))
        let usage = Usage()
        var done = 0
        while done < 100_000 {
            Thread.sleep(forTimeInterval: 0.02)
            for job in done..<min(100_000, max(done + 1, Int(desk.now * crowd.rate))) {
                _ = try QueuedEndpoint().answer(to: job, from: desk.answer(for: job))
                done += 1
            }
        }
        return usage.spent.cpu / 100_000 * 1e6
    }

    /// Not every job was asked about as often as it should have been.
    struct Miscount: Error {}
}
