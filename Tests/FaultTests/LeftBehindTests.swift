#if os(Linux)
    import FaultMatrix
    import FetchCore
    import Foundation
    import Testing

    @Suite("What faults leave behind")
    struct LeftBehindTests {
        @Test(.timeLimit(.minutes(2)))
        func `over URLSession is no descriptor and no thread, counted in a process of its own`() async {
            await #expect(processExitsWith: .success) { try await Self.expectNothingLeft(.urlSession) }
        }

        @Test(.timeLimit(.minutes(2)))
        func `over curl is no descriptor and no thread, counted in a process of its own`() async {
            await #expect(processExitsWith: .success) { try await Self.expectNothingLeft(.curl) }
        }

        /// Ends the process with success if neither descriptors nor threads are left.
        private static func expectNothingLeft(_ transport: TestedTransport) async throws {
            // What the system keeps for ever, it has after the first time.
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

        /// Every fault once that ends soon by itself, in every way.
        private static func runAll(over transport: TestedTransport) async throws {
            let rows = (ConnectionFaults.rows + BrokenAnswers.rows + NotHTTP.rows)
                .filter { !$0.goesOn && $0.policy.requestTimeout > .seconds(10) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for run in FaultRun.all(rows, Way.all, over: [transport]) { group.addTask { try await run.check() } }
                try await group.waitForAll()
            }
        }

        /// The names of the threads that run.
        private static var threadNames: [String] {
            let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            return (threads ?? []).compactMap { thread in
                try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)
            }
        }
    }
#endif
