import Foundation

/// One run of an example, from its start to its end.
struct Run {
    let status: Int32
    let output: String
    let errors: String

    /// Runs an executable of this package, with these environment variables and no others.
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
        // No example prints more than a pipe holds.
        self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Where the executables are: beside the bundle of the tests.
    private static var folder: URL {
        let testBundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return testBundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }
}
