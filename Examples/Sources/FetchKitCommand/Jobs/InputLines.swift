import Dispatch
import Foundation

/// The lines of standard input, which are read a block at a time when they are needed.
struct InputLines {
    /// A line without its end, and its number from 1.
    struct Line {
        let number: Int
        let text: String
    }

    private static let blockSize = 64 << 10
    /// The longest line in bytes.
    private static let longestLine = 1 << 20

    private var buffer: [UInt8] = []
    private var position = 0
    private var number = 0
    private var isAtEnd = false

    /// Returns the next line. `nil` at the end of the input.
    ///
    /// - Throws: The error of the system if the input can't be read, and ``UsageError`` for an endless line.
    mutating func next() async throws -> Line? {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                return line(endingAt: end, next: end + 1)
            }
            if isAtEnd {
                return position < buffer.count ? line(endingAt: buffer.count, next: buffer.count) : nil
            }
            buffer.removeFirst(position)
            position = 0
            searched = buffer.count
            guard buffer.count <= Self.longestLine else {
                throw UsageError("line \(number + 1) of standard input is longer than a megabyte.")
            }
            let block = try await Self.read()
            isAtEnd = block.isEmpty
            buffer += block
        }
    }

    private mutating func line(endingAt end: Int, next: Int) -> Line {
        let text = String(decoding: buffer[position..<end], as: UTF8.self)
        position = next
        number += 1
        return Line(number: number, text: text.hasSuffix("\r") ? String(text.dropLast()) : text)
    }

    /// Reads what is there, on a thread that may block.
    private static func read() async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                var block = [UInt8](repeating: 0, count: blockSize)
                var count: Int
                repeat {
                    count = block.withUnsafeMutableBytes { Foundation.read(STDIN_FILENO, $0.baseAddress, $0.count) }
                } while count < 0 && errno == EINTR
                if count < 0 {
                    continuation.resume(throwing: UsageError("standard input can't be read: error \(errno)."))
                } else {
                    continuation.resume(returning: Array(block.prefix(count)))
                }
            }
        }
    }
}
