import Foundation

/// How much of the machine's memory this process has.
package enum Memory {
    /// Bytes in memory now.
    package static var resident: Int { field("VmRSS") }

    /// The most bytes that there have been in memory at once.
    package static var peak: Int { field("VmHWM") }

    /// What Linux tells of this process, in bytes; zero elsewhere.
    private static func field(_ name: String) -> Int {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return 0 }
        let line = status.split(separator: "\n").first { $0.hasPrefix("\(name):") }
        return (line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) * 1_024
    }
}
