import Foundation

/// Functions that write to standard output and standard error without a buffer, so that a pipe receives each line at
/// once.
enum Console {
    /// Writes a line to standard output.
    static func print(_ line: String) { write(line + "\n") }

    /// Writes a line to standard error.
    static func printError(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes to standard output. Exits if the reader has closed it.
    static func write(_ text: String) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
        } catch {
            exit(ExitStatus.otherError.rawValue)
        }
    }

    /// The number of visible lines, or 0 if standard output isn't a terminal that can move its cursor.
    static var rows: Int {
        guard isatty(STDOUT_FILENO) == 1 else { return 0 }
        let terminal = ProcessInfo.processInfo.environment["TERM"] ?? "dumb"
        var size = winsize()
        guard terminal != "dumb", ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return 0 }
        return Int(size.ws_row)
    }
}
