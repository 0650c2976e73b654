import Foundation

/// The connections of a ``ResponseServer`` with their partially received requests.
///
/// Only one thread may use an instance.
final class ResponseConnections {
    private let message: [UInt8]
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    /// The bytes of incomplete requests, by socket.
    private var partial: [Int32: [UInt8]] = [:]

    init(message: [UInt8]) { self.message = message }

    deinit { buffer.deallocate() }

    /// Reads the available bytes and responds to each complete request. Closes the connection if the peer has closed
    /// it, if a request is invalid, or if the peer doesn't read the responses.
    func serve(_ socket: Int32) {
        let count = read(socket, buffer.baseAddress, buffer.count)
        guard count > 0 else {
            if count == 0 || errno != EAGAIN { end(socket) }
            return
        }
        let received = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        guard var bytes = partial.isEmpty ? nil : partial.removeValue(forKey: socket) else {
            return respond(to: received, of: socket)
        }
        bytes.append(contentsOf: received)
        bytes.withUnsafeBytes { respond(to: $0, of: socket) }
    }

    private func respond(to received: UnsafeRawBufferPointer, of socket: Int32) {
        var rest = received
        while !rest.isEmpty {
            switch RequestScan(rest) {
            case .complete(let length):
                guard write(socket, message, message.count) == message.count else { return end(socket) }
                rest = UnsafeRawBufferPointer(rebasing: rest[length...])
            case .incomplete where rest.count <= 2 << 20:
                partial[socket] = Array(rest)
                return
            case .incomplete, .invalid:
                return end(socket)
            }
        }
    }

    private func end(_ socket: Int32) {
        partial[socket] = nil
        close(socket)
    }
}
