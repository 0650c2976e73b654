#if os(Linux)
    import Foundation

    /// The open descriptors and the number of threads of this process.
    struct ProcessResources {
        let descriptors: [String]
        let threads: Int

        /// The number of permitted new descriptors. Under the thread sanitizer, a suppressed report starts a symboliser
        /// process, which uses two pipes.
        private static let spareDescriptors = ProcessInfo.processInfo.environment["TSAN_OPTIONS"] == nil ? 0 : 2

        /// The current resources. Threads of Swift's pool, whose number varies, are counted as well.
        static var current: Self {
            let files = FileManager.default
            let numbers = (try? files.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
            let descriptors = numbers.compactMap { number in
                (try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(number)")).map { "\(number) \($0)" }
            }
            let threads = (try? files.contentsOfDirectory(atPath: "/proc/self/task"))?.count ?? 0
            return Self(descriptors: descriptors.sorted(), threads: threads)
        }

        /// Reports a violation if there are still more descriptors or threads than before after five seconds.
        ///
        /// - Parameters:
        ///   - before: The resources to compare with.
        ///   - spareThreads: The number of permitted new threads, which Swift's pool may have started meanwhile.
        static func expectNoMore(than before: Self, spareThreads: Int = 2) async {
            let end = ContinuousClock.now + .seconds(5)
            var now = current
            while now.descriptors.count > before.descriptors.count + spareDescriptors
                || now.threads > before.threads + spareThreads
            {
                guard ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(10))) != nil else {
                    let new = now.descriptors.filter { !before.descriptors.contains($0) }
                    return Violations.report(
                        "leak: \(now.threads) threads instead of \(before.threads), descriptors \(new)"
                    )
                }
                now = current
            }
        }
    }
#endif
