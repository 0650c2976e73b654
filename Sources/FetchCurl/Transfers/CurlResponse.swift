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
        self.init(status: response.status, headers: HeaderFields(head: response.head), body: response.body)
    }
}

extension HeaderFields {
    /// The header fields of a head, in their order, repeated ones apart.
    package init(head: [UInt8]) {
        self.init()
        var name = ""
        var value = ""
        head.withUnsafeBufferPointer { head in
            // The status line comes first.
            var lines = HeadLines(head)
            _ = lines.next()
            while let line = lines.next() {
                guard let first = line.first, !first.isBlank else {
                    // A folded line goes on with the value of the line before. The last line is empty.
                    let rest = line.text()
                    if !name.isEmpty, !rest.isEmpty { value += " \(rest)" }
                    continue
                }
                if !name.isEmpty { append(name: name, value: value) }
                name = ""
                guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { continue }
                name = UnsafeBufferPointer(rebasing: line[..<colon]).text()
                value = UnsafeBufferPointer(rebasing: line[(colon + 1)...]).text()
            }
        }
        if !name.isEmpty { append(name: name, value: value) }
    }
}

/// The lines of a head that aren't empty, without the newline.
private struct HeadLines {
    private let head: UnsafeBufferPointer<UInt8>
    private var start = 0

    init(_ head: UnsafeBufferPointer<UInt8>) { self.head = head }

    mutating func next() -> UnsafeBufferPointer<UInt8>? {
        while start < head.count {
            let first = start
            while start < head.count, head[start] != UInt8(ascii: "\n") { start += 1 }
            let line = UnsafeBufferPointer(rebasing: head[first..<start])
            start += 1
            if !line.isEmpty { return line }
        }
        return nil
    }
}

extension UInt8 {
    /// True if the byte is a space, a tab or a carriage return.
    fileprivate var isBlank: Bool { self == 32 || self == 9 || self == 13 }
}

extension UnsafeBufferPointer<UInt8> {
    /// The bytes without blanks at both ends, as a string.
    fileprivate func text() -> String {
        var (start, end) = (0, count)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        return String(decoding: UnsafeBufferPointer(rebasing: self[start..<end]), as: UTF8.self)
    }
}
