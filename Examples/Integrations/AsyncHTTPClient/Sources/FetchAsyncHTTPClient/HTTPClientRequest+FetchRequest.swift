import AsyncHTTPClient
import FetchCore
import Foundation
import NIOCore
import NIOHTTP1

extension HTTPClientRequest {
    /// The request as AsyncHTTPClient takes it.
    init(_ request: FetchRequest) {
        self.init(url: request.url.absoluteString)
        method = NIOHTTP1.RequestMethod(rawValue: request.method.description)
        for field in request.headers.fields { headers.add(name: field.name, value: field.value) }
        if !headers.contains(name: "Accept-Encoding") { headers.add(name: "Accept-Encoding", value: "gzip, deflate") }
        if let bytes = request.body, !bytes.isEmpty { body = .bytes(ByteBuffer(bytes: bytes)) }
    }
}

extension FetchCore.HeaderFields {
    /// The fields in their order.
    init(_ headers: NIOHTTP1.HeaderFields) {
        self.init()
        for (name, value) in headers { append(name, value) }
    }
}
