import AsyncHTTPClient
import FetchCore
import Foundation
import NIOCore
import NIOHTTP1

extension HTTPClientRequest {
    /// Creates the AsyncHTTPClient request for a `FetchRequest`.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - encodings: The value of `Accept-Encoding`, unless the request has its own.
    init(_ request: FetchRequest, accepting encodings: String) {
        self.init(url: request.url.absoluteString)
        method = HTTPMethod(rawValue: request.method.description)
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        if !headers.contains(name: "Accept-Encoding") { headers.add(name: "Accept-Encoding", value: encodings) }
        if let bytes = request.body, !bytes.isEmpty { body = .bytes(ByteBuffer(bytes: bytes)) }
    }
}

extension HeaderFields {
    /// Creates the fields of a response in their order.
    init(_ headers: HTTPHeaders) {
        self.init()
        for (name, value) in headers { append(name: name, value: value) }
    }
}
