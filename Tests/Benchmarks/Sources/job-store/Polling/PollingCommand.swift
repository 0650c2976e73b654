import ArgumentParser
import FetchCore
import FetchJobs
import Foundation
import JobStores
import Measuring
import ModelsLabVideo
import Synchronization

/// The subcommand that has one worker poll many jobs, none of which ends.
struct PollingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "polling",
        abstract: "Measures what a worker with a million jobs writes to its store, and the memory of a job."
    )

    private struct Counts {
        var calls: [String: Int] = [:]
        var leased = 0
    }

    @OptionGroup var options: StoreOptions

    @Option(help: "The number of jobs.")
    var jobs = 1_000_000

    @Option(help: "The seconds of the measurement.")
    var seconds = 60.0

    @Option(help: "The number of requests per second.")
    var rate = 2_000.0

    func validate() throws {
        guard jobs > 0, seconds > 0, rate > 0 else { throw ValidationError("All numbers must be positive.") }
    }

    func run() async throws {
        let location = options.location(named: "job_store_\(ProcessInfo.processInfo.processIdentifier)")
        let store = try location.open()
        for start in stride(from: 0, to: jobs, by: 1_000) {
            try await store.add((start..<min(start + 1_000, jobs)).map { try SampleJobs.job($0) })
        }
        let counts = Mutex(Counts())
        let observed = ObservedJobStore(store) { call in
            counts.withLock { counts in
                counts.calls[call.name, default: 0] += 1
                if case .leased(let jobs, _) = call { counts.leased += jobs.count }
            }
        }
        let transport = CountedTransport(jobs: jobs, first: SampleJobs.firstID, requestsOfJob: nil)
        let worker = JobWorker(
            client: try client(transport),
            store: observed,
            configuration: JobWorker.Configuration(maximumJobs: jobs)
        )
        Memory.returnUnused()
        let (memory, allocated) = (Memory.resident, Memory.allocated)
        let start = ContinuousClock.now
        let task = Task { try await worker.run() }
        while counts.withLock({ $0.leased }) < jobs { try await Task.sleep(for: .milliseconds(100)) }
        var figure = PollingFigure(store: options.store.rawValue, jobs: jobs)
        figure.leasing = (ContinuousClock.now - start) / .seconds(1)
        // The worker sets its limits with the second renewal.
        try await Task.sleep(for: .seconds(15))
        try await measure(&figure, location, transport) { counts.withLock { $0.calls } }
        Memory.returnUnused()
        figure.memoryPerJob = Double(Memory.resident - memory) / Double(jobs)
        if let before = allocated, let after = Memory.allocated {
            figure.allocatedPerJob = Double(after - before) / Double(jobs)
        }
        try Report.write(figure, line: figure.table)
        for miss in figure.missed { FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8)) }
        // The process ends without giving a million jobs back.
        task.cancel()
        if !figure.missed.isEmpty { throw ExitCode.failure }
    }

    private func measure(
        _ figure: inout PollingFigure,
        _ location: StoreLocation,
        _ transport: CountedTransport,
        _ calls: () -> [String: Int]
    ) async throws {
        let database = location.kind == .postgres ? try PostgresConnection(location.place) : nil
        let before = try database?.usage(of: location.schema)
        let (callsBefore, requestsBefore, writtenBefore) = (calls(), transport.requests, Self.writtenBytes)
        let usage = Usage()
        try await Task.sleep(for: .seconds(seconds))
        let spent = usage.spent
        figure.seconds = spent.wall
        figure.requests = transport.requests - requestsBefore
        figure.cpuPerRequest = spent.cpu / Double(max(figure.requests, 1)) * 1e6
        figure.writtenBytes = Self.writtenBytes - writtenBefore
        if let database, let before { figure.database = try database.usage(of: location.schema) - before }
        // The calls are counted as long as the server counts.
        figure.calls = calls().merging(callsBefore) { $0 - $1 }.filter { $0.value > 0 }
    }

    private func client(_ transport: CountedTransport) throws -> FetchClient {
        let interval = Duration.seconds(max(Double(jobs) / rate, 1))
        return FetchClient(
            registry: try EndpointRegistry(.modelsLabVideo),
            transport: transport,
            credentials: .fixed(["modelslab": APIKey("sk-5f0a4f5e8a531f6f1d2c9b77b41c7d9e")]),
            configuration: FetchClient.Configuration(
                policy: PollingPolicy(
                    deadline: .seconds(86_400),
                    maximumGap: interval * 2,
                    schedule: SpreadSchedule(interval: interval)
                ),
                limits: FetchLimits(requestsInFlight: 100)
            )
        )
    }

    /// The bytes that this process has had written to disks.
    private static var writtenBytes: Int {
        let text = (try? String(contentsOfFile: "/proc/self/io", encoding: .utf8)) ?? ""
        let line = text.split(separator: "\n").first { $0.hasPrefix("write_bytes:") }
        return line.flatMap { Int($0.split(separator: " ").last ?? "") } ?? 0
    }
}
