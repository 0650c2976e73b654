import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("New links of a job") struct JobLinksTests {
    private let clock = VirtualClock()
    private let artifacts = ["https://cdn.example.com/a", "https://cdn.example.com/b"].map {
        Artifact(link: URL(string: $0)!, mirrors: [URL(string: "\($0)2")!])
    }

    @Test func `the job is polled once for all of its outputs`() async throws {
        let polls = Counter()
        let links = JobLinks(clock) { [artifacts, clock] in
            _ = polls.next()
            try await clock.sleep(for: .seconds(1))
            return artifacts
        }
        let paths = try await clock.run {
            try await withThrowingTaskGroup { group in
                for index in 0..<3 { group.addTask { (index, try await links.links(of: index).map { $0.path() }) } }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
        #expect(paths == [0: ["/a", "/a2"], 1: ["/b", "/b2"], 2: []])
        #expect(try await links.links(of: 0).map { $0.path() } == ["/a", "/a2"])
        #expect(polls.next() == 2)
    }

    @Test func `an output that needs a link a minute after the poll polls again`() async throws {
        let polls = Counter()
        let links = JobLinks(clock) {
            let poll = polls.next()
            return [Artifact(link: URL(string: "https://cdn.example.com/\(poll)")!)]
        }
        try await clock.run { [clock] in
            for (pause, path) in [(0, "/1"), (59, "/1"), (1, "/2"), (59, "/2"), (720, "/3")] {
                try await clock.sleep(for: .seconds(pause))
                #expect(try await links.links(of: 0).map { $0.path() } == [path])
            }
        }
    }

    @Test func `no time of the virtual clock passes while the job is polled`() async throws {
        let links = JobLinks(clock) { [artifacts, clock] in
            // A clock that doesn't count this task finds all others asleep, and goes on to the end of their sleep.
            for _ in 0..<10_000 { await Task.yield() }
            #expect(clock.elapsed == .zero)
            return artifacts
        }
        try await clock.run { [clock] in
            async let sleep: Void = clock.sleep(for: .seconds(60))
            #expect(try await links.links(of: 0).count == 2)
            try await sleep
        }
    }

    @Test func `if the output that polls is cancelled, the next one polls`() async throws {
        let polls = Counter()
        let links = JobLinks(clock) { [artifacts, clock] in
            if polls.next() == 1 { try await clock.sleep(for: .seconds(1_000)) }
            return artifacts
        }
        await clock.run { [clock] in
            await withThrowingTaskGroup { group in
                group.addTask {
                    let first = try await withThrowingTaskGroup { group in
                        group.addTask { try await links.links(of: 0) }
                        group.addTask {
                            try await clock.sleep(for: .seconds(10))
                            throw CancellationError()
                        }
                        defer { group.cancelAll() }
                        return try await group.next() ?? []
                    }
                    Issue.record("The poll wasn't cancelled: \(first)")
                }
                group.addTask {
                    try await clock.sleep(for: .seconds(1))
                    #expect(try await links.links(of: 1).count == 2)
                }
                while let result = await group.nextResult() {
                    if case .failure(let error) = result { #expect(error is CancellationError) }
                }
            }
        }
        #expect(polls.next() == 3)
        #expect(clock.elapsed == .seconds(10))
    }

    @Test func `an output that waits for the poll of another one ends at once when it is cancelled`() async throws {
        let links = JobLinks(clock) { [artifacts, clock] in
            try await clock.sleep(for: .seconds(1_000))
            return artifacts
        }
        try await clock.run { [clock] in
            async let first = links.links(of: 0)
            let waited = try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await clock.sleep(for: .seconds(1))
                    do {
                        _ = try await links.links(of: 1)
                        return true
                    } catch is CancellationError {
                        return false
                    }
                }
                try await clock.sleep(for: .seconds(2))
                group.cancelAll()
                return try await group.next() ?? true
            }
            #expect(!waited)
            #expect(clock.elapsed == .seconds(2))
            #expect(try await first.count == 2)
        }
    }

    @Test func `the error of the poll is that of each output`() async throws {
        let links = JobLinks(clock) { throw FetchError(.jobNotFound, "the job is gone") }
        for index in 0..<2 {
            let error = await #expect(throws: FetchError.self) { try await links.links(of: index) }
            #expect(error?.code == .jobNotFound)
        }
    }
}
