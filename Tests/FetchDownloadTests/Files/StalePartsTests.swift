import FetchCore
import FetchDownload
import FetchTesting
import Foundation
import Testing

@Suite("Parts that downloads have left") struct StalePartsTests {
    private let clock = VirtualClock()
    private let folder: TemporaryFolder
    private let downloads: Downloads

    init() throws {
        folder = try TemporaryFolder()
        downloads = Downloads(
            transport: ScriptedStreams(.status(500)),
            environment: FetchClient.Environment(clock: clock, wallClock: clock.wallClock)
        )
        for (name, hours) in [("a", 25.0), ("b", 23), ("c", 1)] {
            for suffix in ["part", "part.json"] {
                let file = ".\(name).png.0123456789abcdef.\(suffix)"
                try folder.write([1], to: file)
                try FileManager.default.setAttributes(
                    [.modificationDate: clock.date.addingTimeInterval(-3_600 * hours)],
                    ofItemAtPath: folder.url.appending(path: file).path
                )
            }
        }
        try folder.write([1], to: "a.png")
    }

    @Test(arguments: [(nil, 2), (.seconds(7_200), 4), (.zero, 6), (.seconds(90_001), 0)] as [(Duration?, Int)])
    func `parts and their records are removed after a day, or after another time`(age: Duration?, count: Int)
        async throws
    {
        let removed = try await clock.run { [downloads, folder] in
            guard let age else { return try await downloads.removeStaleParts(in: folder.url) }
            return try await downloads.removeStaleParts(in: folder.url, olderThan: age)
        }
        #expect(removed == count)
        #expect(folder.names.count == 7 - count)
        #expect(folder.names.contains("a.png"))
    }

    @Test func `a folder that doesn't exist is an error`() async throws {
        let error = await #expect(throws: FetchError.self) {
            try await downloads.removeStaleParts(in: folder.url.appending(path: "nowhere"))
        }
        #expect(error?.code == .fileNotWritten)
    }
}
