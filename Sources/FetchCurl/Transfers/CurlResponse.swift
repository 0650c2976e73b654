package import FetchCore

#if canImport(FoundationEssentials)
    package import FoundationEssentials
#else
    package import Foundation
#endif

/// A response as the event loop received it. The task that called `send` parses the head, so that the loop's thread
/// doesn't have to.
package struct CurlResponse: Sendable {
    package var status: Int
    /// The bytes of the last head, including the status line.
    package var head: [UInt8]
    package var body: Data

    package init(status: Int, head: [UInt8], body: Data) {
        (self.status, self.head, self.body) = (status, head, body)
    }
}

extension FetchResponse {
    init(_ response: CurlResponse) {
        self.init(status: response.status, headers: HeaderFields(head: response.head), body: response.body)
    }
}

extension HeaderFields {
    /// Parses the header fields of a head. Order and repeated fields are preserved.
    package init(head: [UInt8]) {
        self.init()
        // Few fields are shorter, so that the array seldom grows.
        reserveCapacity(head.count / 24)
        var name = ""
        var value = ""
        head.withUnsafeBufferPointer { head in
            var lines = HeadLines(head)
            _ = lines.next()  // The status line.
            while let line = lines.next() {
                guard let first = line.first, !first.isBlank else {
                    // A folded line continues the value of the previous line. The last line is empty.
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

/// An iterator over the non-empty lines of a head, without newlines.
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
    /// Returns the bytes as a string, without blanks at both ends.
    ///
    /// Bytes that aren't UTF-8 are ISO 8859-1 (Latin-1), which HTTP has historically allowed in header fields
    /// ([RFC 9110, section 5.5](https://www.rfc-editor.org/rfc/rfc9110#section-5.5)). So no byte is lost.
    fileprivate func text() -> String {
        var (start, end) = (0, count)
        while start < end, self[start].isBlank { start += 1 }
        while start < end, self[end - 1].isBlank { end -= 1 }
        let bytes = UnsafeBufferPointer(rebasing: self[start..<end])
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var latin1 = String.UnicodeScalarView()
        latin1.append(contentsOf: bytes.lazy.map(Unicode.Scalar.init))
        return String(latin1)
    }
}
