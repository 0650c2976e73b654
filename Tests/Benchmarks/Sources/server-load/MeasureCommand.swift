import ArgumentParser
import Foundation
import Measuring

/// The subcommand that compares all clients.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(name: .customLong("in-flight"), help: "The number of requests in flight; may be repeated.")
    var inFlight = [1, 16, 64, 256]

    @Option(help: "The number of rounds at each number in flight.")
    var rounds = 7

    @Option(help: "The time in seconds during which each client sends requests in a round.")
    var seconds = 0.5

    @Option(
        name: .customLong("client"),
        help: "A client to measure; may be repeated. Defaults to all installed clients."
    )
    var clients: [ClientName] = ClientName.allCases

    @Option(
        help: "The URL of a server that responds like the benchmark's own. Defaults to a server in its own process."
    )
    var url: String?

    func validate() throws {
        guard rounds > 0, seconds > 0, inFlight.allSatisfy({ $0 > 0 }), !clients.isEmpty else {
            throw ValidationError("All numbers must be positive.")
        }
        if let url, URL(string: url)?.host() == nil { throw ValidationError("\(url) isn't the URL of a server.") }
    }

    func run() throws {
        // Without SIGPIPE, writing to a client that has ended fails, and its exit status is reported.
        signal(SIGPIPE, SIG_IGN)
        let scratch = URL.temporaryDirectory.appending(path: "server-load-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let programs = try programs(scratch)
        let server = try url == nil ? ServerProcess() : nil
        defer { server?.stop() }
        guard let url = server?.url ?? url.flatMap({ URL(string: $0) }) else { return }
        let processes = try programs.map { try ClientProcess($0.name, $0.program, server: url) }
        defer { for process in processes { process.stop() } }
        for count in inFlight {
            let measured = try LoadRounds(
                LoadStep(inFlight: count, seconds: seconds),
                rounds: rounds,
                of: processes
            )
            try report(measured, of: processes.map(\.name))
        }
    }

    private func programs(_ scratch: URL) throws -> [(name: ClientName, program: ClientProgram)] {
        var programs: [(name: ClientName, program: ClientProgram)] = []
        for name in clients {
            if let program = try ClientProgram(name, scratch: scratch) {
                programs.append((name, program))
            } else {
                FileHandle.standardError.write(Data("\(name.rawValue) isn't on the path and is skipped.\n".utf8))
            }
        }
        return programs
    }

    private func report(_ measured: LoadRounds, of names: [ClientName]) throws {
        for name in names {
            let figure = measured.figure(of: name)
            try Report.write(figure, line: figure.line)
        }
        guard names.contains(.fetchKitCurl) else { return }
        for other in names where other != .fetchKitCurl {
            let ratio = measured.ratio(of: .fetchKitCurl, to: other)
            try Report.write(ratio, line: ratio.line)
            for miss in LoadBound.all.compactMap({ $0.violation(by: ratio) }) {
                FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8))
            }
        }
    }
}
