package import FetchTesting

/// The server side of a TLS connection, over OpenSSL with memory buffers.
///
/// With memory buffers, writing to a closed connection is an error and not SIGPIPE, and a connection can end without a
/// closing alert.
package final class TLSStream: PeerStream {
    private typealias Crypto = CryptoFunctions
    private typealias TLS = TLSFunctions

    /// SSL_ERROR_WANT_READ: OpenSSL needs more bytes from the client.
    private static let wantsRead: Int32 = 2

    private let socket: LoopbackSocket
    private let connection: OpenSSL.Object
    /// The encrypted bytes from and to the client. The connection owns both buffers.
    private let incoming: OpenSSL.Object
    private let outgoing: OpenSSL.Object

    /// Performs the handshake. If it fails, sends OpenSSL's alert and returns `nil`.
    package init?(_ socket: LoopbackSocket, _ settings: TLSSettings) {
        guard let context = try? settings.context(), let connection = TLS.make(context),
            let incoming = Crypto.bufferMake(Crypto.memory()), let outgoing = Crypto.bufferMake(Crypto.memory())
        else { return nil }
        // The connection retains the context.
        TLS.contextFree(context)
        TLS.setBuffers(connection, incoming, outgoing)
        self.socket = socket
        self.connection = connection
        self.incoming = incoming
        self.outgoing = outgoing
        guard repeating({ TLS.accept(connection) }) > 0 else { return nil }
    }

    deinit { TLS.free(connection) }

    /// True if HTTP/2 was negotiated.
    package var speaksHTTP2: Bool {
        var start: UnsafePointer<UInt8>?
        var count: UInt32 = 0
        TLS.chosenProtocol(connection, &start, &count)
        return UnsafeBufferPointer(start: start, count: Int(count)).elementsEqual("h2".utf8)
    }

    package func receive() -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
            filled = Int(max(repeating { TLS.read(connection, buffer.baseAddress, Int32(buffer.count)) }, 0))
        }
    }

    package func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = rest.prefix(64 << 10)
            rest = rest.dropFirst(part.count)
            let written = part.withUnsafeBytes { buffer in
                repeating { TLS.write(connection, buffer.baseAddress, Int32(buffer.count)) }
            }
            guard written > 0 else { return false }
        }
        return true
    }

    /// Sends the closing alert and blocks until the client closes the connection.
    package func finish() {
        _ = TLS.shutdown(connection)
        _ = flush()
        socket.finish()
    }

    /// Ends the TCP connection regularly, but without a closing alert, as a truncation attack does.
    package func cut() { socket.finish() }

    /// Repeats a call while OpenSSL needs bytes from the client, and sends OpenSSL's output after each call.
    ///
    /// - Parameter call: The OpenSSL function to call.
    /// - Returns: The last result. It isn't positive if the connection has ended or failed.
    private func repeating(_ call: () -> Int32) -> Int32 {
        while true {
            let result = call()
            let error = result > 0 ? 0 : TLS.error(connection, result)
            guard flush() else { return -1 }
            guard error == Self.wantsRead else { return result }
            let bytes = socket.receive()
            guard !bytes.isEmpty, Crypto.bufferWrite(incoming, bytes, Int32(bytes.count)) > 0 else { return -1 }
        }
    }

    private func flush() -> Bool {
        while true {
            let bytes = [UInt8](unsafeUninitializedCapacity: 32 << 10) { buffer, filled in
                filled = Int(max(Crypto.bufferRead(outgoing, buffer.baseAddress, Int32(buffer.count)), 0))
            }
            if bytes.isEmpty { return true }
            guard socket.send(bytes) else { return false }
        }
    }
}
