#if os(Linux)
    import Foundation

    /// What this process holds of the system: descriptors and threads.
    struct ProcessResources {
        let descriptors: [String]
        let threads: Int

        /// The descriptors that may be new: under the thread sanitizer, a report that is suppressed begins a process that translates
        /// addresses, over two pipes.
        private static let spareDescriptors = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] == nil ? 0 : 2

        /// The present state. Threads of Swift's pool, which come and go, are counted as well.
        static var current: Self {
            let files = FileManager.default
            let numbers = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            let descriptors = numbers.compactMap { number in
                (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")).map { "\(number) \($0)" }
            }
            let threads = (try? files.contentsOfDirectory(atPath: "/proc/self/task"))?.count ?? 0
            return Self(descriptors: descriptors.sorted(), threads: threads)
        }

        /// Reports a violation if, after a while, there are more descriptors or threads than before.
        ///
        /// - Parameter spareThreads: The number of further threads that Swift's pool may have begun meanwhile.
        static func expectNoMore(than before: Self, spareThreads: Int = 2) async {
            let end = ContinuousClock.now + .seconds(5)
            var now = current
            while now.descriptors.count > before.descriptors.count + spareDescriptors
                || now.threads > before.threads + spareThreads
            {
                guard ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(10))) != nil else {
                    let new = now.descriptors.filter { !before.descriptors.contains($0) }
                    return Violations.report(
                        "left behind: \(now.threads) threads in place of \(before.threads), descriptors \(new)"
                    )
                }
                now = current
            }
        }
    }
#endif
