import FetchCore
import Foundation
import TestSupport
import Synchronization

/// A simulated provider that echoes the key in all escaping styles, in each part of a response that can contain it.
///
/// The last number of the path selects the response: 1 pending, 2 succeeded, 3 failed, 4 an invalid key, 5 not JSON, 6
/// a lost connection, 7 a follow-up request, 8 pending without a hint, 9 an output that can't be used.
final class EchoingProvider: FetchTransport {
    private let key: String
    private let sent = Mutex<[FetchRequest]>([])

    init(key: String) { self.key = key }

    var requests: [FetchRequest] { sent.withLock(\.self) }

    func send(_ request: FetchRequest) async throws -> FetchResponse {
        sent.withLock { $0.append(request) }
        let number = request.url.path().split(separator: "/").compactMap { Int($0) }.last
        switch number {
        case 1: return try response(["status": "processing", "eta": 30, "fetch_result": .string(link)])
        case 8: return FetchResponse(status: 200, body: Data(#"{"status":"processing"}"#.utf8))
        case 3: return try response(["status": "failed", "code": "provider_error"])
        case 4: return try response(["status": "error", "code": "invalid_api_key"], status: 401)
        case 5: return FetchResponse(status: 200, headers: headers, body: Data(echo.utf8))
        case 6: throw LostRequest(text: "\(request.url) \(request.headers.fields.map(\.value)) \(echo)")
        case 7: return try response(["status": "followUp"])
        case 9: return try response(["status": "unusable"])
        default: return try response(success(at: request.url.path()))
        }
    }

    /// Returns the members that ModelsLab's families, workflows and trainings and the other endpoints read as success.
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

    private func response(_ members: [String: JSONValue], status: Int = 200) throws -> FetchResponse {
        let echoes: [String: JSONValue] = ["message": .string(echo), echo: [.string(echo)], "url": .string(link)]
        let body = try JSONEncoder().encode(members.merging(echoes) { first, _ in first })
        return FetchResponse(status: status, headers: headers, body: body)
    }

    private var headers: HeaderFields { ["X-Echo": echo, "X-\(key)": "1", "Location": link, "Retry-After": "3"] }

    private var echo: String { EscapingStyle.all.map { $0.encode(key) }.joined(separator: " ") }

    private var link: String {
        "https://cdn.example.com/\(EscapingStyle.percent.encode(key))?key=\(EscapingStyle.percent.encode(key))"
    }
}

private struct LostRequest: Error {
    let text: String
}
