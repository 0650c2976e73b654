import Foundation

/// The extent of the first request in a buffer.
enum RequestScan: Equatable {
    /// The number of bytes of a complete request, head and body.
    case complete(Int)
    /// More bytes are needed.
    case incomplete
    /// The length is invalid or above 1 MiB, or the body has no length.
    case invalid

    private static let bodyLimit = 1 << 20

    /// Scans the lines of the head for the end and for a `Content-Length`.
    init(_ bytes: UnsafeRawBufferPointer) {
        var start = 0
        var bodyLength = 0
        while start < bytes.count, let base = bytes.baseAddress {
            guard let newline = memchr(base + start, 10, bytes.count - start) else { break }
            let end = (base + start).distance(to: UnsafeRawPointer(newline)) + start
            let line = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            start = end + 1
            if line.isEmpty || line.elementsEqual([13]) {
                let length = start + bodyLength
                self = length <= bytes.count ? .complete(length) : .incomplete
                return
            }
            if Self.value(of: "transfer-encoding:", in: line) != nil {
                self = .invalid
                return
            }
            guard let value = Self.value(of: "content-length:", in: line) else { continue }
            guard let length = Self.number(value) else {
                self = .invalid
                return
            }
            bodyLength = length
        }
        self = .incomplete
    }

    /// Returns the bytes after a field name if the line starts with that name, ignoring case.
    private static func value(of name: StaticString, in line: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer? {
        let length = name.utf8CodeUnitCount
        guard line.count > length, let base = line.baseAddress, line[0] | 0x20 == name.utf8Start[0] else { return nil }
        let isSame = strncasecmp(base, name.utf8Start, length) == 0
        return isSame ? UnsafeRawBufferPointer(rebasing: line[length...]) : nil
    }

    private static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
        let digits = bytes.drop { $0 == 32 }.prefix { $0 != 13 && $0 != 32 }
        guard !digits.isEmpty, digits.count < 8, digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        return number <= bodyLimit ? number : nil
    }
}
