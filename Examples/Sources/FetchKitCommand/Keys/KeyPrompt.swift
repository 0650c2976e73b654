import Foundation

/// The question for a key, which isn't shown while it is typed.
enum KeyPrompt {
    /// Returns the first line of standard input. On a terminal, it is prompted for.
    ///
    /// - Parameter provider: The name of the provider.
    /// - Returns: The key.
    /// - Throws: ``UsageError`` if there is none.
    static func key(of provider: String) throws -> String {
        let isTerminal = isatty(STDIN_FILENO) == 1
        var settings = termios()
        if isTerminal {
            Console.writeError("Key of \(provider): ")
            tcgetattr(STDIN_FILENO, &settings)
            var hidden = settings
            hidden.c_lflag &= ~tcflag_t(ECHO)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        }
        let line = readLine()?.trimmingCharacters(in: .whitespaces)
        if isTerminal {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
            Console.writeError("\n")
        }
        guard let line, !line.isEmpty else { throw UsageError("no key was entered.") }
        return line
    }
}
