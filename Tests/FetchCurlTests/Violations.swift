import Foundation

/// A test within a process of its own: reports go to its standard error, one a line, and the test expects none.
///
/// Tests that measure how late something is have a process of their own, since all others share one pool of threads.
enum Violations {
    private static let mark = "violation: "

    /// Reports what isn't as it should be.
    static func report(_ words: String) {
        FileHandle.standardError.write(Data("\(mark)\(words)\n".utf8))
    }

    /// Reports the words if the condition doesn't hold.
    static func expect(_ condition: Bool, _ words: @autoclosure () -> String) {
        if !condition { report(words()) }
    }

    /// The reports in a standard error.
    static func found(in standardError: [UInt8]) -> [String] {
        String(decoding: standardError, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) }
    }
}

extension Duration {
    /// Full milliseconds, for reports.
    var inMilliseconds: String { "\(Int(self / .milliseconds(1))) ms" }
}
