import FetchCore
import FetchDownload
import FetchTesting
import Foundation

/// Downloads into a folder: responses with mutated header fields, truncated files, and mutated records beside parts.
struct DownloadTarget: FuzzTarget {
    enum Input: Sendable {
        /// Responses, of which the last one is repeated.
        case responses([StreamedSample], FileName)
        /// A file that a server sends without its end.
        case truncated(FileSample, [UInt8], length: Int, statesLength: Bool)
        /// A file whose transfer is cut, and the mutations of the record that is left.
        case record([UInt8], cutAt: Int, [ByteMutation], SeededRandom)
    }

    let name = "download"

    private static let link = URL(string: "https://cdn.example.com/out/face.png?signature=abc")

    func input(_ random: inout SeededRandom) -> Input {
        var file = random.pick(FileSample.allCases).bytes(&random)
        switch random.below(4) {
        case 0:
            let sample = random.pick(FileSample.allCases)
            let bytes = sample.bytes(&random)
            let length = 16 + random.below(bytes.count - 16)
            return .truncated(sample, bytes, length: length, statesLength: random.oneIn(2))
        case 1:
            let mutations = (0...random.below(3)).map { _ in random.pick(ByteMutation.allCases) }
            return .record(file, cutAt: 1 + random.below(file.count - 1), mutations, random)
        default:
            let responses = (0...random.below(4)).map { _ in
                if random.oneIn(3) { random.pick(ByteMutation.allCases).apply(to: &file, &random) }
                return StreamedSample(
                    status: random.oneIn(2) ? 200 : random.pick(OddValues.statuses),
                    headers: HeaderSample.fields(&random),
                    body: random.oneIn(5) ? Array(random.pick(OddValues.strings).utf8) : file,
                    end: random.oneIn(3) ? random.below(file.count + 1) : nil
                )
            }
            return .responses(responses, random.oneIn(4) ? .generated : .fromServer)
        }
    }

    func description(of input: Input) -> String {
        switch input {
        case .responses(let responses, _): responses.map(\.description).joined(separator: "\n")
        case .truncated(let sample, let bytes, let length, let statesLength):
            "\(length) bytes of the \(sample.rawValue) file \(Escaped.bytes(bytes))"
                + (statesLength ? ", with their length" : "")
        case .record(let bytes, let end, let mutations, _):
            "\(Escaped.bytes(bytes)) cut at \(end), the record mutated: \(mutations)"
        }
    }

    func outcome(of input: Input) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "fuzz-\(UUID().uuidString)/files",
            directoryHint: .isDirectory
        )
        let parent = folder.deletingLastPathComponent()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: parent) }
        let outcome: String
        switch input {
        case .responses(let responses, let name): outcome = try await check(responses, name, folder)
        case .truncated(let sample, let bytes, let length, let statesLength):
            outcome = try await check(sample, Array(bytes.prefix(length)), statesLength, folder)
        case .record(let bytes, let end, let mutations, let random):
            outcome = try await check(bytes, cutAt: end, mutations, random, folder)
        }
        let siblings = try FileManager.default.contentsOfDirectory(atPath: parent.path)
        try Violation.unless(siblings == ["files"], "beside the folder are \(siblings)")
        return outcome
    }

    /// Downloads the file, in virtual time.
    private func save(
        _ name: FileName,
        in folder: URL,
        _ respond: @escaping @Sendable (FetchRequest, Int) -> StreamedSample
    ) async throws -> Result<SavedFile, FetchError> {
        let clock = VirtualClock()
        let downloads = Downloads(
            transport: StreamScript(respond),
            configuration: Downloads.Configuration(isDurable: false),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock, random: { 0.5 })
        )
        guard let link = Self.link else { throw Violation("the link isn't a URL") }
        return try await clock.run {
            do {
                return .success(try await downloads.save(Artifact(link: link), as: name, in: folder))
            } catch let error as FetchError {
                try Invariants.check(error)
                return .failure(error)
            }
        }
    }

    private func check(_ responses: [StreamedSample], _ name: FileName, _ folder: URL) async throws -> String {
        let result = try await save(name, in: folder) { _, number in responses[min(number, responses.count) - 1] }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }
        guard case .success(let file) = result else {
            try Violation.unless(names.isEmpty, "after a failure, there are \(names)")
            return "responses, no file"
        }
        let fileName = file.url.lastPathComponent
        try Violation.unless(names == [fileName], "\(fileName) was saved, and there are \(names)")
        try FileNames.check(fileName)
        // Ranges may be put together. Whole responses are saved as they are, or not at all.
        if responses.allSatisfy({ $0.status != 206 }) {
            let bytes = try Data(contentsOf: file.url)
            let isWhole = responses.contains { $0.end ?? $0.body.count >= $0.body.count && Data($0.body) == bytes }
            try Violation.unless(isWhole, "\(fileName) has the bytes of no response: \(Escaped.bytes(bytes))")
        }
        return "responses, \(file.proof)"
    }

    private func check(_ sample: FileSample, _ bytes: [UInt8], _ statesLength: Bool, _ folder: URL) async throws
        -> String
    {
        let headers: HeaderFields = statesLength ? ["Content-Length": "\(bytes.count)"] : [:]
        let result = try await save(.named("a.bin"), in: folder) { _, _ in
            StreamedSample(headers: headers, body: bytes)
        }
        guard case .failure(let error) = result else {
            throw Violation("a truncated \(sample.rawValue) file was saved")
        }
        try Violation.unless(error.code == .incompleteOutput, "a truncated file is \(error)")
        return "truncated, \(error.code)"
    }

    private func check(
        _ bytes: [UInt8],
        cutAt end: Int,
        _ mutations: [ByteMutation],
        _ random: SeededRandom,
        _ folder: URL
    ) async throws -> String {
        _ = try await save(.named("a.bin"), in: folder) { _, number in
            number > 1 ? StreamedSample(status: 401) : .file(bytes, from: 0, cutAt: end)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        guard let record = names.first(where: { $0.hasSuffix(".json") }) else {
            // So few bytes may look like a message in place of the file, and aren't kept.
            try Violation.unless(names.isEmpty && end < 16, "a transfer cut at \(end) has left no record, but \(names)")
            return "record, none"
        }
        let place = folder.appending(path: record)
        var (content, random) = (Array(try Data(contentsOf: place)), random)
        for mutation in mutations { mutation.apply(to: &content, &random) }
        try Data(content).write(to: place)
        let result = try await save(.named("a.bin"), in: folder) { request, _ in
            let start = request.headers["Range"].flatMap { Int($0.dropFirst(6).dropLast()) } ?? 0
            // A record that was changed may ask for more than there is.
            return .file(bytes, from: request.headers["If-Range"] == "\"v1\"" && start < bytes.count ? start : 0)
        }
        let file = try result.get()
        let saved = try Data(contentsOf: file.url)
        try Violation.unless(saved == Data(bytes), "the continued file is \(Escaped.bytes(saved))")
        let rest = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        try Violation.unless(rest == ["a.bin"], "beside the continued file are \(rest)")
        return "record, \(file.wasResumed ? "resumed" : "started over")"
    }
}

extension StreamedSample {
    /// The response of a server that has a file with a tag.
    fileprivate static func file(_ bytes: [UInt8], from start: Int, cutAt end: Int? = nil) -> Self {
        var headers: HeaderFields = ["ETag": "\"v1\"", "Content-Length": "\(bytes.count - start)"]
        if start > 0 { headers["Content-Range"] = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)" }
        return Self(status: start > 0 ? 206 : 200, headers: headers, body: Array(bytes[start...]), end: end)
    }
}

/// The rules about the names of files.
private enum FileNames {
    private static let devices = ["CON", "PRN", "AUX", "NUL"] + (0...9).flatMap { ["COM\($0)", "LPT\($0)"] }

    /// Throws a violation if a name isn't a harmless one.
    static func check(_ name: String) throws {
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            !scalar.properties.isBidiControl && scalar.properties.generalCategory != .control
                && !"/\\:*?\"<>|".unicodeScalars.contains(scalar)
        }
        let base = String(name.prefix { $0 != "." }).trimmingCharacters(in: .whitespaces).uppercased()
        let isRight =
            isPlain && !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".") && !name.hasSuffix(".")
            && !name.hasSuffix(" ") && !devices.contains(base)
        try Violation.unless(isRight, "the name is \(Escaped.string(name))")
    }
}
