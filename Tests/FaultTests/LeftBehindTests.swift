#if os(Linux)
    import FetchCore
    import FetchTesting
    import Foundation
    import Testing

    @Suite("What faults leave behind")
    struct LeftBehindTests {
        @Test(.timeLimit(.minutes(2)))
        func `is no descriptor and no thread of the server, counted in a process of its own`() async {
            await #expect(processExitsWith: .success) {
                // What the system keeps for ever, it has after the first time.
                try await Self.runAll()
                let before = Descriptors.count
                for _ in 0..<2 { try await Self.runAll() }
                let isClean = await Eventually.holds { Descriptors.count <= before && Self.serverThreads == 0 }
                exit(isClean ? EXIT_SUCCESS : EXIT_FAILURE)
            }
        }

        /// Every fault once that ends soon by itself, in every way.
        private static func runAll() async throws {
            let rows = (ConnectionFaults.rows + BrokenAnswers.rows + NotHTTP.rows)
                .filter { !$0.goesOn && $0.policy.requestTimeout > .seconds(10) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for row in rows {
                    for way in Way.all { group.addTask { try await FaultRun(row: row, way: way).check() } }
                }
                try await group.waitForAll()
            }
        }

        /// Threads that a loopback server has started and that run.
        private static var serverThreads: Int {
            let threads = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
            return (threads ?? []).count { thread in
                let name = try? String(contentsOfFile: "/proc/self/task/\(thread)/comm", encoding: .utf8)
                return name?.hasPrefix("LoopbackServer") == true
            }
        }
    }
#endif
