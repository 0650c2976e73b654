import FetchCore
import Foundation
import Measuring

/// The measurement of one mode in this process.
struct ScaleMeasurement {
    let load: PollingLoad
    let mode: Figure.Mode

    func measured() async throws -> Figure {
        let transport = ResponseTransport(load)
        let idleMemory = Memory.resident
        var figure = Figure(way: mode, jobs: load.jobs, requestsPerSecond: load.rate)
        switch mode {
        case .batch: try await batch(transport, &figure)
        case .tasks: try await tasks(transport, &figure)
        }
        figure.requests = transport.requests
        figure.peakMemory = Double(Memory.peak) / 1_048_576
        figure.bytesPerJob = Double(Memory.peak - idleMemory) / Double(load.jobs)
        figure.latenessMedian = transport.lateness(quantile: 0.5)
        figure.latenessP99 = transport.lateness(quantile: 0.99)
        figure.transportAndDecoding = try directCost()
        return figure
    }

    private var requests: Double { Double(load.jobs * load.rounds) }

    private func batch(_ transport: ResponseTransport, _ figure: inout Figure) async throws {
        let client = FetchClient(
            registry: try EndpointRegistry(QueuedEndpoint()),
            transport: transport,
            credentials: .fixed(["example": APIKey("sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: .seconds(86_400),
                    minimumGap: .milliseconds(10),
                    maximumGap: .seconds(3_600),
                    schedule: load.schedule
                )
            )
        )
        let adding = Usage()
        let batch = client.batch()
        for job in 0..<load.jobs {
            let age = load.age(of: job, at: transport.now)
            batch.add(
                QueuedJob(
                    try JobReference(endpoint: "example.job", id: String(job)),
                    submitted: Submission(at: Date(timeIntervalSinceNow: -age))
                )
            )
        }
        batch.finish()
        figure.cpuPerJob = adding.spent.cpu / Double(load.jobs) * 1e6
        let polling = Usage()
        var outcomes = 0
        for try await outcome in batch {
            _ = try outcome.result.get()
            outcomes += 1
        }
        figure.cpuPerRequest = polling.spent.cpu / requests * 1e6
        guard outcomes == load.jobs, transport.requests == load.jobs * load.rounds else { throw Miscount() }
    }

    private func tasks(_ transport: ResponseTransport, _ figure: inout Figure) async throws {
        let adding = Usage()
        try await withThrowingDiscardingTaskGroup { group in
            for job in 0..<load.jobs {
                group.addTask {
                    try await Task.sleep(for: .seconds(load.firstDue(job) - transport.now))
                    let endpoint = QueuedEndpoint()
                    while case .pending = try endpoint.answer(to: job, from: transport.response(for: job)) {
                        try await Task.sleep(for: .seconds(load.gap))
                    }
                }
            }
            figure.cpuPerJob = adding.spent.cpu / Double(load.jobs) * 1e6
        }
        figure.cpuPerRequest = adding.spent.cpu / requests * 1e6
        guard transport.requests == load.jobs * load.rounds else { throw Miscount() }
    }

    /// Returns the CPU time of a response and its decoding at the same rate, in microseconds.
    ///
    /// The thread sleeps when it has processed all due requests, as the client does, since a core is slower after
    /// sleeping.
    private func directCost() throws -> Double {
        let transport = ResponseTransport(PollingLoad(jobs: 100_000, rate: 1))
        let usage = Usage()
        var done = 0
        while done < 100_000 {
            Thread.sleep(forTimeInterval: 0.02)
            for job in done..<min(100_000, max(done + 1, Int(transport.now * load.rate))) {
                _ = try QueuedEndpoint().answer(to: job, from: transport.response(for: job))
                done += 1
            }
        }
        return usage.spent.cpu / 100_000 * 1e6
    }

    /// An error that is thrown if the number of outcomes or requests is wrong.
    struct Miscount: Error {}
}
