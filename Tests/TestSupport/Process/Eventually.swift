/// A polling loop for conditions that can't be awaited, since they change in other threads or in the kernel.
package enum Eventually {
    /// Returns true as soon as the condition holds, and false if it doesn't within a minute or the task is cancelled.
    package static func holds(_ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(60)
        while !condition() {
            guard ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(2))) != nil else { return false }
        }
        return true
    }
}
