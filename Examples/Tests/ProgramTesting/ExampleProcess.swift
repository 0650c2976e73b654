package import Foundation

/// The result of a program of this package that has exited.
package struct ExampleProcess: Sendable {
    /// The exit status, or the number of the signal that has ended it.
    package let status: Int32
    /// Standard output.
    package let output: String
    /// Standard error.
    package let errors: String

    /// Runs an executable of this package with exactly the given environment variables, until it exits.
    ///
    /// - Parameters:
    ///   - example: The name of the executable.
    ///   - arguments: The arguments.
    ///   - environment: The environment variables. Defaults to none.
    ///   - input: The content of standard input. Defaults to none.
    ///   - directory: The current directory. Defaults to that of this process.
    ///   - body: Runs beside the process, with its id. Defaults to a function that does nothing.
    /// - Throws: An error of the system.
    package init(
        _ example: String,
        _ arguments: [String] = [],
        environment: [String: String] = [:],
        input: String? = nil,
        in directory: URL? = nil,
        while body: @Sendable (Int32) async throws -> Void = { _ in }
    ) async throws {
        try await self.init(
            at: Self.folder.appending(path: example),
            arguments,
            environment: environment,
            input: input,
            in: directory,
            while: body
        )
    }

    /// Runs any executable, until it exits.
    ///
    /// - Parameters:
    ///   - program: The executable.
    ///   - arguments: The arguments.
    ///   - environment: The environment variables. Defaults to none.
    ///   - input: The content of standard input. Defaults to none.
    ///   - directory: The current directory. Defaults to that of this process.
    ///   - body: Runs beside the process, with its id. Defaults to a function that does nothing.
    /// - Throws: An error of the system.
    package init(
        at program: URL,
        _ arguments: [String],
        environment: [String: String] = [:],
        input: String? = nil,
        in directory: URL? = nil,
        while body: @Sendable (Int32) async throws -> Void = { _ in }
    ) async throws {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        if let directory { process.currentDirectoryURL = directory }
        process.environment = environment
        let (output, errors) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = errors
        let file = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        if let input {
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        let (ends, end) = AsyncStream.makeStream(of: Int32.self)
        process.terminationHandler = { process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
        async let outputText = Self.read(output.fileHandleForReading)
        async let errorText = Self.read(errors.fileHandleForReading)
        try await body(process.processIdentifier)
        status = await ends.first { _ in true } ?? -1
        self.output = await outputText
        self.errors = await errorText
    }

    /// The lines of standard output that aren't empty.
    package var lines: [String] { output.split(separator: "\n").map(String.init) }

    /// Reads to the end, on a thread that may block, since the output may not fit into the buffer of a pipe.
    private static func read(_ handle: FileHandle) async -> String {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                continuation.resume(returning: String(decoding: handle.readDataToEndOfFile(), as: UTF8.self))
            }
        }
    }

    /// The directory of the executables, which also contains the test bundle.
    package static var folder: URL {
        let testBundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
        return testBundle?.bundleURL.deletingLastPathComponent() ?? Bundle.main.bundleURL
    }
}
