/// Waits for what happens soon, outside of what can be awaited: in other threads, and in the kernel.
package enum Eventually {
    package static func holds(_ condition: () -> Bool) async -> Bool {
        let end = ContinuousClock.now + .seconds(20)
        while !condition() {
            guard ContinuousClock.now < end, (try? await Task.sleep(for: .milliseconds(2))) != nil else { return false }
        }
        return true
    }
}
