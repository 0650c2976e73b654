import FetchCore
import Foundation
import SecretSearch
import Synchronization

/// A provider that writes the key back in all spellings, wherever an answer has room for it.
///
/// The last number of a path says what becomes of the job: 1 is pending, 2 done, 3 failed, 4 refused, 5 no JSON, 6 lost on the
/// way, 7 done elsewhere, 8 pending without a hint.
final class EchoingProvider: FetchTransport {
    private let key: String
    private let sent = Mutex<[FetchRequest]>([])

    init(knowing key: String) { self.key = key }

    var requests: [FetchRequest] { sent.withLock(\.self) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        sent.withLock { $0.append(request) }
        let number = request.url.path().split(separator: "/").compactMap { Int($0) }.last
        switch number {
        case 1: return try answer(["status": "processing", "eta": 30, "fetch_result": .string(link)])
        case 8: return FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
        case 3: return try answer(["status": "failed", "code": "provider_error"])
        case 4: return try answer(["status": "error", "code": "invalid_api_key"], status: 401)
        case 5: return FetchResponse(status: 200, headers: headers, body: Data(echo.utf8))
        case 6: throw LostRequest(words: "\(request.url) \(request.headers.fields.map(\.value)) \(echo)")
        case 7: return try answer(["status": "elsewhere"])
        default: return try answer(success(at: request.url.path()))
        }
    }

    /// What ModelsLab's families, workflows, trainings and the others take for a success.
    private func success(at path: String) -> [String: JSONValue] {
        var members: [String: JSONValue] = [
            "status": "success", "id": .string(echo), "output": [.string(link)], "proxy_links": [.string(link)],
            "meta": ["init_image": .string(link), "file_prefix": .string(echo)], "data": .string(echo),
            "execution": ["status": "completed", "execution_time": 2],
            "steps": [["name": .string(echo), "status": .string(echo)]],
        ]
        if path.contains("fine_tune") { members["message"] = "model_ready" }
        return members
    }

    private func answer(_ members: [String: JSONValue], status: Int = 200) throws -> FetchResponse {
        let echoes: [String: JSONValue] = ["message": .string(echo), echo: [.string(echo)], "url": .string(link)]
        let body = try JSONEncoder().encode(members.merging(echoes) { first, _ in first })
        return FetchResponse(status: status, headers: headers, body: body)
    }

    private var headers: HeaderFields { ["X-Echo": echo, "X-\(key)": "1", "Location": link, "Retry-After": "3"] }

    private var echo: String { Spelling.all.map { $0.write(key) }.joined(separator: " ") }

    private var link: String {
        "https://cdn.example.com/\(Spelling.percent.write(key))?key=\(Spelling.percent.write(key))"
    }
}

private struct LostRequest: Error {
    let words: String
}
