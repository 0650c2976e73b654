import Foundation

/// The failed expectations of an exit test, which its process writes to standard error, one per line.
///
/// Tests that measure delays or count resources run in their own process, since all other tests share one thread pool.
enum Violations {
    private static let prefix = "violation: "

    /// Reports a violation.
    static func report(_ message: String) {
        FileHandle.standardError.write(Data("\(prefix)\(message)\n".utf8))
    }

    /// Reports a violation if the condition is false.
    static func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
        if !condition { report(message()) }
    }

    /// Returns the violations in a process's standard error.
    static func found(in standardError: [UInt8]) -> [String] {
        String(decoding: standardError, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    }
}

extension Duration {
    /// The whole milliseconds with their unit, for reports.
    var inMilliseconds: String { "\(Int(self / .milliseconds(1))) ms" }
}
