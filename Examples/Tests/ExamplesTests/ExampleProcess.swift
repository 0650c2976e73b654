import Foundation

/// The result of an example program that has exited.
struct ExampleProcess {
    let status: Int32
    let output: String
    let errors: String

    /// Runs an executable of this package with exactly the given environment variables.
    init(_ example: String, _ arguments: [String] = [], environment: [String: String] = [:]) async throws {
        let process = Process()
        process.executableURL = Self.folder.appending(path: example)
        process.arguments = arguments
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        // The output of every example fits into the buffer of a pipe, so reading can start after the exit.
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// The directory of the executables, which also contains the test bundle.
    private static var folder: URL {
        let testBundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return testBundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }
}
