import Foundation
import Synchronization

/// A process of this program. It ends with its standard input, and so with the process that has started it.
final class ChildProcess: Sendable {
    /// The number of the process. A process that is started in place of another one has a number of its own.
    let number: Int

    private let process: Process
    private let input: FileHandle

    /// Starts a process.
    ///
    /// - Parameters:
    ///   - number: The number of the process.
    ///   - arguments: The subcommand and its options.
    ///   - environment: Variables in addition to those of this process.
    ///   - onLine: Receives the number and each line of standard output, on a thread of its own.
    /// - Throws: The error of a program that can't be started.
    init(
        number: Int,
        _ arguments: [String],
        environment: [String: String],
        onLine: @escaping @Sendable (Int, String) -> Void
    ) throws {
        self.number = number
        let (process, input, output) = (Process(), Pipe(), Pipe())
        process.executableURL = Bundle.main.executableURL
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment
            .filter { !$0.key.lowercased().hasSuffix("_proxy") }
            .merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        self.process = process
        self.input = input.fileHandleForWriting
        let reading = output.fileHandleForReading
        Thread.detachNewThread {
            var unread = Data()
            while true {
                let data = reading.availableData
                if data.isEmpty { return }
                unread += data
                while let end = unread.firstIndex(of: 10) {
                    onLine(number, String(decoding: unread[..<end], as: UTF8.self))
                    unread = Data(unread[unread.index(after: end)...])
                }
            }
        }
    }

    var isRunning: Bool { process.isRunning }

    /// Sends a signal. Nothing happens if the process has ended.
    func send(_ signal: Int32) { if process.isRunning { kill(process.processIdentifier, signal) } }

    /// Asks the process to end in order, by a line on its standard input.
    func askToEnd() { try? input.write(contentsOf: Data("end\n".utf8)) }

    /// Waits until the process has ended.
    ///
    /// - Returns: The exit status, or the number of the signal; `nil` if the time was over first.
    func status(within limit: Duration) async -> Int32? {
        let end = ContinuousClock.now + limit
        while process.isRunning, ContinuousClock.now < end { try? await Task.sleep(for: .milliseconds(20)) }
        return process.isRunning ? nil : process.terminationStatus
    }
}

/// The side of the process that was started.
enum ParentProcess {
    /// Calls a function when the parent asks this process to end, and ends it at once when the parent has ended.
    static func watch(onEnd: @escaping @Sendable () -> Void) {
        Thread.detachNewThread {
            while let line = readLine() { if line == "end" { onEnd() } }
            exit(1)
        }
    }

    /// Writes a line to the parent.
    static func write(_ line: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data("\(line)\n".utf8))
    }
}
