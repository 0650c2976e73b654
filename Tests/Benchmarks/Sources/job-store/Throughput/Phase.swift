import Measuring
import Synchronization

/// The calls of one function by several callers at a time.
struct Phase: Sendable {
    private(set) var items = 0
    private var times = CallTimes()
    private var emptyCalls = 0
    private var wall = 0.0
    private var cpu = 0.0

    /// Calls a function once for each page, by callers that take the next page when they are done with one.
    ///
    /// - Parameters:
    ///   - callers: The number of calls at a time.
    ///   - pages: The arguments of the calls.
    ///   - call: Calls the function with a page, and returns the number of its items.
    /// - Returns: The times of the calls.
    /// - Throws: The first error of a call.
    static func measure<Page: Sendable>(
        _ callers: Int,
        pages: [Page],
        _ call: @escaping @Sendable (Page) async throws -> Int
    ) async throws -> Phase {
        let next = Mutex(0)
        return try await measure(callers) { _, _ in
            let place = next.withLock { place in
                defer { place += 1 }
                return place
            }
            return place < pages.count ? try await call(pages[place]) : nil
        }
    }

    /// Calls a function until it has returned a number of items in all, or nothing for many times in a row.
    ///
    /// - Parameters:
    ///   - callers: The number of calls at a time.
    ///   - items: The number of items.
    ///   - call: Calls the function as the caller with this number, and returns the number of its items.
    /// - Returns: The times of the calls.
    /// - Throws: The first error of a call.
    static func measure(
        _ callers: Int,
        items: Int,
        _ call: @escaping @Sendable (Int) async throws -> Int
    ) async throws -> Phase {
        try await measure(callers) { caller, phase in
            phase.items < items && phase.emptyCalls < 1_000 ? try await call(caller) : nil
        }
    }

    /// Calls a function until it returns `nil`. It gets the number of the caller, and the phase until now.
    private static func measure(
        _ callers: Int,
        _ call: @escaping @Sendable (_ caller: Int, _ phase: Phase) async throws -> Int?
    ) async throws -> Phase {
        let phase = Mutex(Phase())
        let usage = Usage()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for caller in 0..<callers {
                group.addTask { @Sendable in
                    while true {
                        let usage = Usage()
                        guard let items = try await call(caller, phase.withLock { $0 }) else { return }
                        let time = usage.spent.wall
                        phase.withLock { $0.add(items, time) }
                    }
                }
            }
            try await group.waitForAll()
        }
        return phase.withLock { phase in
            (phase.wall, phase.cpu) = usage.spent
            return phase
        }
    }

    /// Adds a call. One without items was only made because the last ones were under way.
    private mutating func add(_ items: Int, _ time: Double) {
        emptyCalls = items > 0 ? 0 : emptyCalls + 1
        guard items > 0 else { return }
        self.items += items
        times.add(time)
    }

    /// Returns the figure of the function.
    func figure(_ function: String, of store: String, callers: Int, batch: Int) -> StoreFigure {
        StoreFigure(
            store: store,
            function: function,
            items: items,
            callers: callers,
            batch: batch,
            perSecond: Double(items) / max(wall, 1e-9),
            clientCPU: cpu / Double(max(items, 1)) * 1e6,
            p50: times.quantile(0.5) * 1_000,
            p99: times.quantile(0.99) * 1_000
        )
    }
}
