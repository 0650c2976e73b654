import Foundation

/// A terminal of tmux without a user, in which a command runs. It is read and resized over tmux's control mode.
struct TerminalSession {
    /// The path of tmux. `nil` if it isn't installed.
    static let program = ["/usr/bin/tmux", "/usr/local/bin/tmux", "/opt/homebrew/bin/tmux"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }

    private let client = Process()
    private let input = Pipe()
    private let lines: AsyncStream<String>
    private let socket: URL
    private var server: Int32?
    private var shell: Int32?

    /// Starts a shell command, after which the terminal stays.
    ///
    /// - Parameters:
    ///   - command: The command, without single quotes.
    ///   - columns: The width of the terminal.
    ///   - rows: The height of the terminal.
    ///   - environment: Environment variables of the command.
    /// - Throws: An error of the system.
    init(_ command: String, columns: Int, rows: Int, environment: [String: String]) async throws {
        socket = FileManager.default.temporaryDirectory.appending(path: "tmux-\(UUID().uuidString.prefix(8))")
        let output = Pipe()
        client.executableURL = URL(filePath: Self.program ?? "tmux")
        client.arguments = ["-S", socket.path, "-f", "/dev/null", "-C", "new-session", "exec cat"]
        client.environment = ["TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"]
        (client.standardInput, client.standardOutput) = (input, output)
        client.standardError = FileHandle.nullDevice
        lines = Self.lines(output.fileHandleForReading)
        try client.run()
        _ = await response()
        server = try await run("display-message -p '#{pid}'").first.flatMap { Int32($0) }
        let variables = environment.map { "-e \($0.key)=\($0.value)" }.joined(separator: " ")
        let script = "'\(command); echo \"status $?\"; exec cat'"
        try await run("new-session -d -s test -x \(columns) -y \(rows) \(variables) \(script)")
        shell = try await run("display-message -t test -p '#{pane_pid}'").first.flatMap { Int32($0) }
    }

    /// Ends the terminal.
    ///
    /// Signals that Foundation has blocked stay blocked in the processes that it starts, so those of tmux don't notice
    /// that the command has ended.
    func close() async {
        _ = try? await run("kill-server")
        // The shell leads the group of the command's processes.
        for process in [shell.map { -$0 }, server, client.processIdentifier] { process.map { _ = kill($0, SIGKILL) } }
        try? FileManager.default.removeItem(at: socket)
    }

    /// Changes the width of the terminal.
    func resize(columns: Int) async throws { try await run("resize-window -t test -x \(columns)") }

    /// Presses a key, such as `C-c`.
    func press(_ key: String) async throws { try await run("send-keys -t test \(key)") }

    /// Returns the lines of the screen without spaces at their ends.
    ///
    /// - Parameter styled: True if the control sequences of styles are in the lines. Defaults to false.
    /// - Returns: The lines, without empty ones at the end.
    /// - Throws: An error of the system.
    func screen(styled: Bool = false) async throws -> [String] {
        var lines = try await run("capture-pane -t test -p\(styled ? " -e" : "")").map {
            String($0.reversed().drop { $0 == " " }.reversed())
        }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    /// Reads the screen again and again until it meets a condition.
    ///
    /// - Parameter condition: Returns true for the expected screen.
    /// - Returns: The screen, which is another one if the condition isn't met within half a minute.
    /// - Throws: An error of the system.
    func screen(until condition: ([String]) -> Bool) async throws -> [String] {
        let end = ContinuousClock.now + .seconds(30)
        while true {
            let lines = try await screen()
            if condition(lines) || ContinuousClock.now > end { return lines }
        }
    }

    /// Runs a command of tmux, and returns its output.
    @discardableResult
    private func run(_ command: String) async throws -> [String] {
        try input.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
        return await response()
    }

    /// Returns the lines of the next response. Those between responses are notifications.
    private func response() async -> [String] {
        var response: [String]?
        for await line in lines {
            if line.hasPrefix("%begin ") {
                response = []
            } else if line.hasPrefix("%end ") || line.hasPrefix("%error ") {
                break
            } else {
                response?.append(line)
            }
        }
        return response ?? []
    }

    /// Reads lines, on a thread that may block.
    private static func lines(_ handle: FileHandle) -> AsyncStream<String> {
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        Thread.detachNewThread {
            var rest = Data()
            while case let block = handle.availableData, !block.isEmpty {
                rest += block
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeSubrange(...end)
                }
            }
            continuation.finish()
        }
        return lines
    }
}
