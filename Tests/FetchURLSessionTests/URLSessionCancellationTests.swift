import FetchCore
import FetchTesting
import FetchURLSession
import Foundation
import TestSupport
import Testing

@Suite("Cancellation of the URLSession transport")
struct URLSessionCancellationTests {
    @Test(arguments: [RequestMethod.get, .post])
    func `cancellation ends a request and closes its connection`(method: RequestMethod) async throws {
        let service = UnresponsiveTransport()
        let server = try LoopbackServer(serving: service)
        let task = Task {
            try await URLSessionTransport.shared.send(FetchRequest.patient(method: method, url: server.url))
        }
        await service.arrival()
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await service.cancellation()
    }

    @Test func `cancellation ends a request during its response`() async throws {
        let half = AsyncStream.makeStream(of: Void.self)
        let server = try RawServer { connection in
            _ = connection.receiveHead()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            half.continuation.yield()
            #expect(connection.receiveHead() == "")
        }
        let task = Task {
            try await URLSessionTransport.shared.send(FetchRequest.patient(url: server.url))
        }
        for await _ in half.stream { break }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        await server.end()
    }

    @Test func `a cancelled task sends no request`() async throws {
        let server = try LoopbackServer(serving: ScriptedTransport([.json("{}")]))
        let request = FetchRequest.patient(url: server.url)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await URLSessionTransport.shared.send(request)
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(server.connections == 0)
    }

    @Test(arguments: [200, 302, 401])
    func `cancellation is safe at any time`(status: Int) async throws {
        let headers: HeaderFields = ["Location": "/next", "WWW-Authenticate": "Basic realm=\"x\""]
        let response = FetchResponse(status: status, headers: headers, body: Data("text".utf8))
        let server = try LoopbackServer(serving: ScriptedTransport([.response(response)]))
        let request = FetchRequest.patient(method: .post, url: server.url, body: Data("{}".utf8))
        await withTaskGroup(of: Void.self) { group in
            for round in 0..<300 {
                group.addTask {
                    let task = Task { try await URLSessionTransport.shared.send(request) }
                    // Varies the time of the cancellation. Every outcome is valid.
                    for _ in 0..<(round * 7 % 100) { await Task.yield() }
                    task.cancel()
                    switch await task.result {
                    case .success(let received): #expect(received.status == status)
                    case .failure(let error): #expect(error is CancellationError)
                    }
                }
                if round >= 32 { await group.next() }
            }
        }
    }
}
