import Foundation
import Measuring

/// Downloads of the same files with curl and with FetchKit, one after the other in each round.
struct Comparison {
    let server: URL
    let curl: URL
    /// The folder for the files.
    let scratch: URL
    let rounds: Int

    /// Measures curl, and FetchKit without and with writing the files out to their disk.
    func figures(of load: FileLoad) throws -> [DownloadFigure] {
        var (curl, lazy, durable): ([Double], [Sample], [Sample]) = ([], [], [])
        for _ in 0..<rounds {
            curl.append(try inEmptyFolder(load) { try secondsOfCurl(load, $0) })
            lazy.append(try inEmptyFolder(load) { try sample(load, $0, durable: false) })
            durable.append(try inEmptyFolder(load) { try sample(load, $0, durable: true) })
        }
        return try [(false, lazy), (true, durable)].map { isDurable, samples in
            let figure = DownloadFigure(load: load, isDurable: isDurable, curl: curl, samples: samples)
            try Report.write(figure, line: figure.line)
            return figure
        }
    }

    /// One run of FetchKit.
    struct Sample {
        var seconds: Double
        /// The peak of the resident memory above its value at the start, in bytes.
        var memory: Int
    }

    private func inEmptyFolder<Result>(_ load: FileLoad, _ body: (URL) throws -> Result) throws -> Result {
        let folder = scratch.appending(path: UUID().uuidString, directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            // Many files stay until the end: for some seconds, ext4 searches for new inodes beside the deleted ones.
            if load.files == 1 { try? FileManager.default.removeItem(at: folder) }
            // The disk has nothing left to write when the next run begins.
            sync()
        }
        let result = try body(folder)
        try load.check(folder)
        return result
    }

    private func secondsOfCurl(_ load: FileLoad, _ folder: URL) throws -> Double {
        let list = scratch.appending(path: "urls")
        let lines = (0..<load.files).map { number in
            let url = load.url(of: number, at: server).absoluteString
            return "url = \"\(url)\"\noutput = \"\(folder.appending(path: load.name(of: number)).path)\"\n"
        }
        try Data(lines.joined().utf8).write(to: list)
        let parallel = load.files == 1 ? [] : ["--parallel", "--parallel-max", "\(load.atOnce)"]
        return try TimedProcess(curl, ["--silent", "--disable", "--fail"] + parallel + ["--config", list.path]).seconds
    }

    private func sample(_ load: FileLoad, _ folder: URL, durable: Bool) throws -> Sample {
        guard let own = Bundle.main.executableURL else {
            throw BenchmarkFailure("The path of this program is unknown.")
        }
        var arguments = ["save", "--server", server.absoluteString, "--directory", folder.path]
        arguments += ["--files", "\(load.files)", "--bytes", "\(load.bytes)", "--at-once", "\(load.atOnce)"]
        let process = try TimedProcess(own, durable ? arguments + ["--durable"] : arguments)
        let numbers = process.output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
        guard numbers.count == 2 else { throw BenchmarkFailure("The download printed no memory.") }
        return Sample(seconds: process.seconds, memory: numbers[1] - numbers[0])
    }
}
