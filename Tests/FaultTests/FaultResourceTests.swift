#if os(Linux)
    import FaultMatrix
    import FetchCore
    import Foundation
    import TestSupport
    import Testing

    @Suite("Resources after faults")
    struct FaultResourceTests {
        @Test(.timeLimit(.minutes(2)))
        func `faults over URLSession leave no descriptor and no thread`() async {
            await #expect(processExitsWith: .success) { try await Self.exitWithLeakCheck(.urlSession) }
        }

        @Test(.timeLimit(.minutes(2)))
        func `faults over curl leave no descriptor and no thread`() async {
            await #expect(processExitsWith: .success) { try await Self.exitWithLeakCheck(.curl) }
        }

        /// Exits with success if repeated faults don't increase the number of descriptors and threads.
        private static func exitWithLeakCheck(_ transport: TestedTransport) async throws {
            // In the first pass, system libraries open descriptors and threads that they keep.
            try await runAll(over: transport)
            let (descriptors, threads) = (Descriptors.count, threadNames.count)
            for _ in 0..<2 { try await runAll(over: transport) }
            let isClean = await Eventually.holds {
                let names = threadNames
                return Descriptors.count <= descriptors && names.count <= threads
                    && !names.contains { $0.hasPrefix("LoopbackServer") }
            }
            exit(isClean ? EXIT_SUCCESS : EXIT_FAILURE)
        }

        /// Runs every fault that occurs once and doesn't need a timeout, in every mode.
        private static func runAll(over transport: TestedTransport) async throws {
            let rows = (ConnectionFaults.rows + BrokenResponses.rows + InvalidHTTP.rows)
                .filter { !$0.isRepeated && $0.policy.requestTimeout.map { $0 > .seconds(10) } ?? true }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for run in FaultRun.all(rows, PollingMode.all, over: [transport]) {
                    group.addTask { try await run.check() }
                }
                try await group.waitForAll()
            }
        }

        /// The names of the process's threads.
        private static var threadNames: [String] {
            let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            return (threads ?? []).compactMap { thread in
                try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)
            }
        }
    }
#endif
