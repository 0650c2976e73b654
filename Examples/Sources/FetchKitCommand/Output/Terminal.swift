import Foundation

/// The terminal of the process. The display is drawn on standard error, so that standard output is data alone.
enum Terminal {
    private static let environment = ProcessInfo.processInfo.environment

    /// True if standard error is a terminal that can move its cursor.
    static let isInteractive = isatty(STDERR_FILENO) == 1 && moves

    /// True if standard output may have colours.
    static let coloursOutput = isatty(STDOUT_FILENO) == 1 && allowsColours

    /// True if standard error may have colours.
    static let coloursErrors = isatty(STDERR_FILENO) == 1 && allowsColours

    private static let moves = (environment["TERM"] ?? "dumb") != "dumb"
    private static let allowsColours = moves && (environment["NO_COLOR"] ?? "").isEmpty

    /// The number of columns and rows of the terminal at standard error, or 80 and 24.
    static var size: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else {
            return (80, 24)
        }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
