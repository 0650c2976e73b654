import Foundation

/// The memory of this process, in bytes. All values are zero on systems other than Linux.
package enum Memory {
    /// The current resident memory.
    package static var resident: Int { field("VmRSS") }

    /// The peak resident memory.
    package static var peak: Int { field("VmHWM") }

    /// Has the allocator give unused memory back to the system, where it can be asked to.
    package static func returnUnused() {
        typealias Trim = @convention(c) (Int) -> Int32
        // Glibc's header with this function isn't part of its Swift module.
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }

    /// Returns a field of `/proc/self/status` in bytes.
    private static func field(_ name: String) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
}
