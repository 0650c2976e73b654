package import FetchCore

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A response as the event loop received it. Its head is parsed by the task that waits for it, not in the loop's thread.
struct CurlResponse: Sendable {
    var status: Int
    /// The last head of the response, status line included.
    var head: [UInt8]
    var body: Data
}

extension FetchResponse {
    init(_ response: CurlResponse) {
        self.init(status: response.status, headers: HTTPHeaders(head: response.head), body: response.body)
    }
}

extension HTTPHeaders {
    /// The header fields of a head, in their order, repeated ones apart.
    package init(head: [UInt8]) {
        self.init()
        var name = ""
        var value = ""
        func add(to headers: inout Self) {
            if !name.isEmpty { headers.append(name, value) }
            name = ""
        }
        head.withUnsafeBufferPointer { head in
            for line in head.split(separator: UInt8(ascii: "\n")).dropFirst() {
                let line = line.trimmingBlanks(isStart: false)
                guard let first = line.first else { continue }
                guard !first.isBlank else {
                    // A folded line goes on with the value of the line before.
                    if !name.isEmpty { value += " " + String(decoding: line.trimmingBlanks(), as: UTF8.self) }
                    continue
                }
                add(to: &self)
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
                name = String(decoding: line[..<colon].trimmingBlanks(), as: UTF8.self)
                value = String(decoding: line[line.index(after: colon)...].trimmingBlanks(), as: UTF8.self)
            }
        }
        add(to: &self)
    }
}

extension UInt8 {
    /// Whether the byte is a space, a tab or a carriage return.
    fileprivate var isBlank: Bool { self == 32 || self == 9 || self == 13 }
}

extension Slice<UnsafeBufferPointer<UInt8>> {
    fileprivate func trimmingBlanks(isStart: Bool = true) -> Self {
        var slice = self
        while isStart, let first = slice.first, first.isBlank { slice.removeFirst() }
        while let last = slice.last, last.isBlank { slice.removeLast() }
        return slice
    }
}
