import FetchCore
import Foundation

/// Samples of streamed responses, from Documentation/Transports.md and FetchCore.
enum StreamingSamples {
    struct CannedTransport: StreamingTransport {
        func send(_ request: FetchRequest) async throws -> FetchResponse {
            FetchResponse(status: 200, body: Data("result".utf8))
        }

        func stream(_ request: FetchRequest) async throws -> StreamedResponse {
            StreamedResponse(status: 200, body: StreamedResponse.Body(Data("result".utf8)))
        }
    }

    static func save(_ link: URL, over transport: some StreamingTransport, to file: FileHandle) async throws {
        var request = FetchRequest(method: .get, url: link, headers: ["Accept-Encoding": "identity"])
        request.responseLimit = 4 << 30
        request.addressPolicy = .publicOnly
        let response = try await transport.stream(request)
        for try await chunk in response.body { try file.write(contentsOf: chunk) }
    }

    static func allow(_ request: inout FetchRequest) {
        request.addressPolicy = .publicOnly(allowing: ["media.internal.example"])
    }
}
