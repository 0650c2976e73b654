import FetchCore
import FetchTesting
import Foundation
import Testing

/// The values of a response in the path of a follow-up. A number must be sent with exactly the digits received.
@Suite("Manifest follow-up values") struct ManifestFollowUpValueTests {
    private let changes: [String: JSONValue] = [
        "outputs": nil,
        "followUp": [
            "path": "files?file={file}", "values": ["file": "file_id"], "outputs": [["at": "link", "as": "link"]],
        ],
    ]
    private let file = ScriptedTransport.Step.json(#"{"link": "https://cdn.example.com/a.mp4"}"#)

    @Test(arguments: ["9007199254740993", "9223372036854775807"])
    func `an integer keeps all digits`(number: String) async throws {
        let harness = try ManifestHarness(changes, [.json(#"{"status": "done", "file_id": \#(number)}"#), file])
        _ = try await harness.fetch()
        #expect(
            harness.transport.requests.last?.url.absoluteString == "https://api.example.com/v1/files?file=\(number)"
        )
    }

    @Test(arguments: ["18446744073709551616", "1.5", "1e30"])
    func `a number that loses digits is rejected without a request`(number: String) async throws {
        let harness = try ManifestHarness(changes, [.json(#"{"status": "done", "file_id": \#(number)}"#), file])
        let error = await #expect(throws: FetchError.self) { try await harness.fetch() }
        #expect(error?.code == .malformedResponse)
        #expect(harness.transport.requests.count == 1)
    }
}
