import FetchCore
import FetchTesting
import Foundation
import Testing

/// A value that leads to the output goes into the next request digit for digit, or not at all.
@Suite struct ManifestHandleTests {
    private let changes: [String: JSONValue] = [
        "outputs": nil,
        "followUp": [
            "path": "files?file={file}", "values": ["file": "file_id"], "outputs": [["at": "link", "as": "link"]],
        ],
    ]
    private let file = ScriptedTransport.Step.json(#"{"link": "https://cdn.example.com/a.mp4"}"#)

    @Test(arguments: ["9007199254740993", "9223372036854775807"])
    func `a whole number stays what it is`(number: String) async throws {
        let run = try ManifestRun(changes, [.json(#"{"status": "done", "file_id": \#(number)}"#), file])
        _ = try await run.fetch()
        #expect(run.transport.requests.last?.url.absoluteString == "https://api.example.com/v1/files?file=\(number)")
    }

    @Test(arguments: ["18446744073709551616", "1.5", "1e30"])
    func `a number that can't be kept leads nowhere`(number: String) async throws {
        let run = try ManifestRun(changes, [.json(#"{"status": "done", "file_id": \#(number)}"#), file])
        let error = await #expect(throws: FetchError.self) { try await run.fetch() }
        #expect(error?.code == .malformedResponse)
        #expect(run.transport.requests.count == 1)
    }
}
