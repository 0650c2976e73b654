#if os(macOS) || os(Linux)
    import Foundation

    /// A finished run of a script of this repository.
    struct ScriptRun {
        let status: Int32
        let output: String
        let errors: String

        /// Runs a script in `.ci`, and waits for its end.
        init(_ script: String, _ arguments: [String] = []) throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized
            let process = Process()
            let (output, errors) = (Pipe(), Pipe())
            process.executableURL = root.appending(path: ".ci").appending(path: script)
            process.arguments = arguments
            process.standardOutput = output
            process.standardError = errors
            try process.run()
            // The outputs are shorter than the buffer of a pipe, so that they can be read one after the other.
            self.output = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            self.errors = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            status = process.terminationStatus
        }
    }
#endif
