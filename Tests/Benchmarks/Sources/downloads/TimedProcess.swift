import Foundation

/// A process that has ended.
struct TimedProcess {
    /// The seconds from its start to its end.
    let seconds: Double
    let output: String

    /// Runs a program without proxy variables in its environment.
    ///
    /// - Throws: ``BenchmarkFailure`` if its exit status isn't zero.
    init(_ program: URL, _ arguments: [String]) throws {
        let process = Process()
        let output = Pipe()
        process.executableURL = program
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.filter { !$0.key.lowercased().hasSuffix("_proxy") }
        process.standardOutput = output
        // curl shows the progress of parallel transfers there, although it is silent.
        process.standardError = FileHandle.nullDevice
        let start = ContinuousClock.now
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        seconds = (ContinuousClock.now - start) / .seconds(1)
        self.output = String(decoding: data, as: UTF8.self)
        guard process.terminationStatus == 0 else {
            throw BenchmarkFailure("\(program.lastPathComponent) exited with status \(process.terminationStatus).")
        }
    }
}
