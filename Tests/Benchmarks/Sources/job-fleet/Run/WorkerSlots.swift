import FetchJobs
import Foundation
import Synchronization

/// The processes of the workers and of the reader. A process that ends is followed by another one in its slot.
actor WorkerSlots {
    private struct Slot {
        var process: ChildProcess
        var isBusy = false
    }

    private let start: @Sendable (_ number: Int, _ isReader: Bool) throws -> ChildProcess
    private var slots: [Slot] = []
    private var reader: ChildProcess
    private var lastNumber: Int

    /// Starts the processes.
    ///
    /// - Parameters:
    ///   - workers: The number of workers.
    ///   - start: Starts a process with a number.
    /// - Throws: The error of a process that can't be started.
    init(
        workers: Int,
        starting start: @escaping @Sendable (_ number: Int, _ isReader: Bool) throws -> ChildProcess
    ) throws {
        self.start = start
        reader = try start(0, true)
        slots = try (1...workers).map { Slot(process: try start($0, false)) }
        lastNumber = workers
    }

    private func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }

    /// Takes a worker that runs for a disturbance, at random; `nil` if only one runs.
    func takeWorker(_ generator: inout some RandomNumberGenerator & Sendable) -> (slot: Int, process: ChildProcess)? {
        let free = slots.indices.filter { !slots[$0].isBusy }
        guard free.count > 1, let slot = free.randomElement(using: &generator) else { return nil }
        slots[slot].isBusy = true
        return (slot, slots[slot].process)
    }

    /// Gives a worker back that still runs.
    func giveBack(_ slot: Int) { slots[slot].isBusy = false }

    /// Starts a process in the slot of one that has ended.
    func restart(_ slot: Int) throws { slots[slot] = Slot(process: try start(nextNumber(), false)) }

    /// Kills the reader and starts another one.
    func restartReader() async throws {
        reader.send(SIGKILL)
        _ = await reader.status(within: .seconds(10))
        reader = try start(nextNumber(), true)
    }

    /// Returns the numbers of processes that have ended without having been asked to.
    func unexpectedEnds() -> [Int] {
        let workers = slots.filter { !$0.isBusy && !$0.process.isRunning }.map(\.process.number)
        return workers + (reader.isRunning ? [] : [reader.number])
    }

    /// Ends the reader at once and the workers in order.
    ///
    /// - Returns: The seconds that each worker took, `nil` for one that didn't end in time or not with zero.
    func end(within limit: Duration) async -> [Double?] {
        reader.send(SIGKILL)
        let start = ContinuousClock.now
        for slot in slots { slot.process.askToEnd() }
        var seconds: [Double?] = []
        for slot in slots {
            let status = await slot.process.status(within: limit)
            seconds.append(status == 0 ? (ContinuousClock.now - start) / .seconds(1) : nil)
            slot.process.send(SIGKILL)
        }
        return seconds
    }
}
