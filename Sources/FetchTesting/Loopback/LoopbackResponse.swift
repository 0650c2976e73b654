public import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The reaction of a ``LoopbackServer`` to one request: a response or other bytes, optionally with a fault and a delay.
public struct LoopbackResponse: Sendable {
    enum Content: Sendable {
        case response(FetchResponse)
        case bytes([UInt8])
    }

    let content: Content
    var fault: LoopbackFault?
    var delay: Duration = .zero

    private init(_ content: Content) { self.content = content }

    /// Creates a response that is a valid HTTP response.
    ///
    /// The server replaces `Content-Length` and `Transfer-Encoding` by the actual values and keeps repeated fields.
    public static func response(_ response: FetchResponse) -> Self { Self(.response(response)) }

    /// Creates a response with a JSON body. `Content-Type` defaults to `application/json`.
    public static func json(_ text: String, status: Int = 200, headers: HeaderFields = [:]) -> Self {
        var headers = headers
        headers["Content-Type"] = headers["Content-Type"] ?? "application/json"
        return response(FetchResponse(status: status, headers: headers, body: Data(text.utf8)))
    }

    /// Creates a response that consists of exactly these bytes. The server closes the connection after them.
    ///
    /// With the URLSession of Swift 6.3 on Linux, bytes that end within the header fields terminate the client's
    /// process.
    public static func bytes(_ bytes: some Sequence<UInt8>) -> Self { Self(.bytes(Array(bytes))) }

    /// Creates a response that consists of exactly this string. The server closes the connection after it. HTTP lines
    /// end with `\r\n`.
    public static func text(_ text: String) -> Self { bytes(text.utf8) }

    /// Creates a response with a fault.
    ///
    /// - Parameters:
    ///   - fault: The fault.
    ///   - response: The response that the fault changes. For a response of bytes, only the faults before the response
    ///     apply; the server ignores others. Defaults to a JSON response with the status `processing`.
    /// - Returns: The response with the fault.
    public static func fault(
        _ fault: LoopbackFault,
        in response: LoopbackResponse = .json(#"{"status":"processing"}"#)
    ) -> Self {
        var copy = response
        copy.fault = fault
        return copy
    }

    /// Returns the same response with a delay before its first byte.
    public func after(_ delay: Duration) -> Self {
        var copy = self
        copy.delay = delay
        return copy
    }
}

extension LoopbackResponse: CustomStringConvertible, CustomReflectable {
    /// The status and size of the response, and the fault. Contains no header fields and no body, since they may echo a
    /// key.
    public var description: String {
        let fault = fault.map { ", \($0.kind)" } ?? ""
        return switch content {
        case .response(let response): "\(response)\(fault)"
        case .bytes(let bytes): "\(bytes.count) bytes\(fault)"
        }
    }

    /// A mirror with the description as its only child.
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .struct) }
}
