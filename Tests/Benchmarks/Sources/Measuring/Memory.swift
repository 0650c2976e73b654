import Foundation

/// The memory of this process, in bytes. All values are zero on systems other than Linux.
package enum Memory {
    /// The current resident memory.
    package static var resident: Int { field("VmRSS") }

    /// The peak resident memory.
    package static var peak: Int { field("VmHWM") }

    /// Returns a field of `/proc/self/status` in bytes.
    private static func field(_ name: String) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
}
