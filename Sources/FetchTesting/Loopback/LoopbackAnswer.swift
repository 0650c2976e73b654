public import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What a ``LoopbackServer`` does with one request.
public struct LoopbackAnswer: Sendable {
    enum Content: Sendable {
        case response(FetchResponse)
        case bytes([UInt8])
    }

    let content: Content
    var fault: LoopbackFault?
    var delay: Duration = .zero

    private init(_ content: Content) { self.content = content }

    /// A response, sent as a proper server sends it.
    ///
    /// Its own `Content-Length` and `Transfer-Encoding` are replaced by what is true; repeated fields are kept.
    public static func response(_ response: FetchResponse) -> Self { Self(.response(response)) }

    /// A JSON response.
    public static func json(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
        var headers = headers
        headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
        return response(FetchResponse(status: status, headers: headers, body: Data(text.utf8)))
    }

    /// Just these bytes, HTTP or not, after which the connection is closed.
    ///
    /// Bytes that end within header fields end a process that asks with the URLSession of Swift 6.3 on Linux.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> Self { Self(.bytes(Array(bytes))) }

    /// Just this text, HTTP or not, after which the connection is closed. Lines of HTTP end with `\r\n`.
    public static func text(_ text: String) -> Self { bytes(text.utf8) }

    /// A fault.
    ///
    /// - Parameters:
    ///   - fault: What goes wrong.
    ///   - answer: The answer that it goes wrong with. Bytes have no head and no body: with those, only what happens before the answer
    ///     can go wrong, and the rest is ignored.
    public static func fault(
        _ fault: LoopbackFault,
        in answer: LoopbackAnswer = .json(#"{"status":"processing"}"#)
    ) -> Self {
        var faulty = answer
        faulty.fault = fault
        return faulty
    }

    /// The same answer, begun so much later.
    public func after(_ delay: Duration) -> Self {
        var later = self
        later.delay = delay
        return later
    }
}

extension LoopbackAnswer: CustomStringConvertible, CustomReflectable {
    /// What kind of answer it is, and what goes wrong with it, without header fields and body, which may echo a key.
    public var description: String {
        let fault = fault.map { ", \($0.kind)" } ?? ""
        return switch content {
        case .response(let response): "\(response)\(fault)"
        case .bytes(let bytes): "\(bytes.count) bytes\(fault)"
        }
    }

    /// The description.
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .struct) }
}
