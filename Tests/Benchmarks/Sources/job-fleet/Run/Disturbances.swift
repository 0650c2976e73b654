import FetchJobs
import Foundation
import Soaking
import Synchronization
import TestSupport

/// Kills, suspends and restarts the processes of a run at random.
struct Disturbances: Sendable {
    private enum Kind { case kill, longStop, shortStop, end, killReader }

    let run: FleetContext
    let slots: WorkerSlots
    /// The mean time between two disturbances in seconds.
    let interval: Double

    /// Disturbs until a time, and returns when all processes run.
    func disturb(seed: UInt64, until end: Double) async throws {
        var generator = SplitMix64(seed: seed, decision: -1)
        try await withThrowingDiscardingTaskGroup { group in
            while run.now < end {
                let pause = max(Double.random(in: 0.4...1.6, using: &generator) * interval, 0.5)
                try await Task.sleep(for: .seconds(pause))
                for number in await slots.unexpectedEnds() { run.report("process \(number) has ended by itself") }
                let kind = Self.kind(&generator)
                let share = Double.random(in: 0...1, using: &generator)
                if kind == .killReader {
                    try await slots.restartReader()
                    run.log.withLock { $0.killedReaders += 1 }
                    continue
                }
                guard let (slot, process) = await slots.takeWorker(&generator) else { continue }
                group.addTask { try await disturb(kind, process, in: slot, share) }
            }
        }
    }

    private static func kind(_ generator: inout SplitMix64) -> Kind {
        switch Int.random(in: 0..<100, using: &generator) {
        case ..<40: .kill
        case ..<60: .longStop
        case ..<80: .shortStop
        case ..<88: .end
        default: .killReader
        }
    }

    private func disturb(_ kind: Kind, _ process: ChildProcess, in slot: Int, _ share: Double) async throws {
        switch kind {
        case .kill:
            let time = run.now
            process.send(SIGKILL)
            await noteDeath(of: process, at: time, isKilled: true)
            _ = await process.status(within: .seconds(10))
            try await Task.sleep(for: .seconds(share * 5))
            try await slots.restart(slot)
        case .longStop:
            let time = run.now
            process.send(SIGSTOP)
            await noteDeath(of: process, at: time, isKilled: false)
            try await Task.sleep(for: .seconds(time + run.timeToLive * (1.2 + 0.8 * share) - run.now))
            process.send(SIGCONT)
            await slots.giveBack(slot)
        case .shortStop:
            run.log.withLock { $0.shortStops += 1 }
            process.send(SIGSTOP)
            try await Task.sleep(for: .seconds(run.timeToLive * (0.1 + 0.4 * share)))
            process.send(SIGCONT)
            await slots.giveBack(slot)
        case .end:
            let time = run.now
            process.askToEnd()
            let status = await process.status(within: .seconds(max(run.timeToLive / 3, 5)))
            run.log.withLock { $0.orderlyEnds.append(run.now - time) }
            let description = status.map { "ended with \($0)" } ?? "didn't end"
            if status != 0 { run.report("process \(process.number) was asked to end, and \(description)") }
            process.send(SIGKILL)
            try await slots.restart(slot)
        case .killReader: break
        }
    }

    /// Notes a death with the jobs that the worker has leased.
    private func noteDeath(of process: ChildProcess, at time: Double, isKilled: Bool) async {
        guard let worker = run.log.withLock({ $0.worker(of: process.number) }) else { return }
        guard let jobs = try? await leases(of: worker) else {
            run.log.withLock { $0.unreadDeaths += 1 }
            return
        }
        let death = FleetLog.Death(time: time, process: process.number, worker: worker, isKilled: isKilled, jobs: jobs)
        run.log.withLock { $0.deaths.append(death) }
    }

    private func leases(of worker: WorkerID) async throws -> [Int] {
        var jobs: [Int] = []
        var last: StoredJobID?
        while true {
            let page = try await run.store.leases(of: worker, after: last, limit: 1_000)
            jobs += page.compactMap { FleetJob.number(of: $0.stored.job.job) }
            guard page.count == 1_000 else { return jobs }
            last = page.last?.id
        }
    }
}
