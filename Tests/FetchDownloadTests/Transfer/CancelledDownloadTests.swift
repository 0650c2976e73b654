import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import TestSupport
import Testing

/// Downloads that are cancelled at each moment at which a task can be.
@Suite("Cancelled downloads", .timeLimit(.minutes(2))) struct CancelledDownloadTests {
    /// The course of a download.
    enum Course: CaseIterable {
        case plain, cutWithTag, cutWithoutTag, changed, failing, redirected, silent, ofTheResponse

        private static let link = URL(string: "https://cdn.example.com/a.png")!

        var hasTag: Bool { self == .cutWithTag || self == .changed || self == .failing }

        var artifact: Artifact {
            self == .ofTheResponse ? Artifact(.data(Data(SampleFiles.png))) : Artifact(link: Self.link)
        }

        /// Returns the response to a request with a number. From the fourth one on, it is the whole file or its rest.
        func response(to request: FetchRequest, _ number: Int) -> StreamedResponse {
            let bytes = SampleFiles.png
            let tag: HeaderFields = hasTag ? ["ETag": "\"v1\""] : [:]
            switch (self, number) {
            case (.cutWithTag, 1), (.cutWithoutTag, 1): return .bytes(bytes, headers: tag, cutAt: 50)
            case (.cutWithTag, 2): return Self.rest(bytes, request, cutAt: 20) ?? .bytes(bytes, headers: tag)
            case (.changed, 1): return .bytes(SampleFiles.gif, headers: ["ETag": "\"v0\""], cutAt: 20)
            case (.failing, 1): return .status(503, ["Retry-After": "5"])
            case (.failing, 2): return .bytes(bytes, headers: tag, cutAt: 70)
            case (.failing, 3): return .status(500)
            case (.redirected, 1), (.redirected, 2): return .status(302, ["Location": "/\(number).png"])
            case (.silent, 1):
                let (silence, continuation) = AsyncThrowingStream<Data, any Error>.makeStream()
                continuation.yield(Data(bytes.prefix(20)))
                return StreamedResponse(status: 200, body: StreamedResponse.Body(silence))
            default: return Self.rest(bytes, request) ?? .bytes(bytes, headers: tag)
            }
        }

        /// Returns the rest of a file if it is asked for, and the file is the one that it is asked of.
        private static func rest(_ bytes: [UInt8], _ request: FetchRequest, cutAt end: Int? = nil) -> StreamedResponse?
        {
            guard request.headers["If-Range"] == "\"v1\"",
                let start = request.headers["Range"].flatMap({ Int($0.dropFirst(6).dropLast()) })
            else { return nil }
            let range = "bytes \(start)-\(bytes.count - 1)/\(bytes.count)"
            let headers: HeaderFields = ["Content-Range": range, "ETag": "\"v1\""]
            return .bytes(Array(bytes[start...]), status: 206, headers: headers, cutAt: end)
        }
    }

    /// The end of a download.
    private enum End: Equatable {
        case saved, cancelled
        case failed(String)
    }

    /// Downloads a file, and cancels the task before its job with a number. Returns the number of jobs.
    private static func download(
        _ course: Course,
        cancellingBefore number: Int,
        keepsParts: Bool,
        in folder: TemporaryFolder
    ) async -> (End, jobs: Int, leaked: Bool) {
        let clock = VirtualClock()
        let executor = CountingExecutor(clock.taskExecutor, beforeJob: number)
        weak var leaked: ScriptedStreams?
        let end: End
        do {
            let transport = ScriptedStreams { course.response(to: $0, $1) }
            leaked = transport
            let downloads = Downloads(
                transport: transport,
                configuration: Downloads.Configuration(keepsParts: keepsParts, isDurable: false),
                environment: FetchClient.Environment(
                    clock: CountingClock(base: clock, executor: executor),
                    wallClock: clock.wallClock,
                    random: { 0.5 }
                )
            )
            end = await clock.run {
                let task = Task(executorPreference: executor) {
                    _ = try await downloads.save(course.artifact, as: .named("a.png"), in: folder.url)
                }
                executor.setAction(task.cancel)
                return switch await task.result {
                case .success: .saved
                case .failure(is CancellationError): .cancelled
                case .failure(let error): .failed("\(error)")
                }
            }
        }
        return (end, executor.count, leaked != nil)
    }

    /// Cancels a download before each of its jobs, and repeats it. Returns the number of jobs.
    private static func sweep(_ course: Course, keepsParts: Bool) async throws -> Int {
        var number = 1
        while true {
            let folder = try TemporaryFolder()
            let first = await download(course, cancellingBefore: number, keepsParts: keepsParts, in: folder)
            let place: Comment = "\(course) before job \(number)"
            #expect(first.0 == .saved || first.0 == .cancelled, place)
            #expect(!first.leaked, place)
            let target = folder.bytes(of: "a.png")
            #expect(target == nil || target == SampleFiles.png, place)
            #expect(first.0 != .saved || target != nil, place)
            let others = folder.names.filter { $0 != "a.png" }
            // A part without a record can't be continued, and a record without its part is of no use.
            #expect(others.isEmpty || keepsParts && course.hasTag && others.count == 2, "\(place): \(others)")
            let second = await download(course, cancellingBefore: 0, keepsParts: keepsParts, in: folder)
            #expect(second.0 == .saved, place)
            #expect(folder.names == ["a.png"], "\(place), after \(others)")
            #expect(folder.bytes(of: "a.png") == SampleFiles.png, place)
            if number > first.jobs { return number }
            number += 1
        }
    }

    @Test(arguments: Course.allCases, [true, false])
    func `a download that is cancelled at any moment leaves no file or the right one, and can be repeated`(
        course: Course,
        keepsParts: Bool
    ) async throws {
        #expect(try await Self.sweep(course, keepsParts: keepsParts) > 3)
    }

    #if os(Linux)
        @Test func `no descriptor stays open after a cancellation`() async {
            await #expect(processExitsWith: .success) {
                _ = try await Self.sweep(.cutWithTag, keepsParts: true)
                let before = Descriptors.count
                for course in Course.allCases { _ = try await Self.sweep(course, keepsParts: true) }
                guard Descriptors.count == before else { exit(1) }
            }
        }
    #endif
}
