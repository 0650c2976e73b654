import Foundation

/// Functions that write to standard output and standard error without a buffer, so that a pipe receives each line at
/// once.
enum Console {
    /// Writes a line to standard output.
    static func print(_ line: String) { write(line + "\n") }

    /// Writes a line to standard error.
    static func printError(_ line: String) { writeError(line + "\n") }

    /// Writes to standard error. Errors are ignored, since there is no other place for them.
    static func writeError(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }

    /// Writes to standard output. Exits if the reader has closed it.
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            exit(ExitStatus.otherError.rawValue)
        }
    }
}
