import ArgumentParser
import Foundation
import Measuring

/// The comparison of all clients.
struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "measure", shouldDisplay: false)

    @Option(name: .customLong("in-flight"), help: "How many requests are under way at once; may be repeated.")
    var inFlight = [1, 16, 64, 256]

    @Option(help: "Rounds at each number in flight.")
    var rounds = 7

    @Option(help: "How long each client makes requests in a round, in seconds.")
    var seconds = 0.5

    @Option(
        name: .customLong("client"),
        help: "A client to measure; may be repeated. Defaults to all that run here."
    )
    var clients: [ClientName] = ClientName.allCases

    @Option(help: "A server that responds as the benchmark's own does. Defaults to a process of the benchmark.")
    var url: String?

    func validate() throws {
        guard rounds > 0, seconds > 0, inFlight.allSatisfy({ $0 > 0 }), !clients.isEmpty else {
            throw ValidationError("All numbers are greater than zero.")
        }
        if let url, URL(string: url)?.host() == nil { throw ValidationError("\(url) isn't the URL of a server.") }
    }

    func run() throws {
        // A client that has ended is reported by its status.
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
                FileHandle.standardError.write(Data("\(name.rawValue) isn't on the path, and is left out.\n".utf8))
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
            for miss in LoadBar.all.compactMap({ $0.miss(by: ratio) }) {
                FileHandle.standardError.write(Data("  missed: \(miss)\n".utf8))
            }
        }
    }
}
