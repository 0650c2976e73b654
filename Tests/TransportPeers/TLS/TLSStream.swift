package import FetchTesting

/// The server's side of a TLS connection, over OpenSSL with buffers in memory: what a peer has closed is an error here and not a
/// signal, and a connection can end without the TLS closing alert.
package final class TLSStream: PeerStream {
    private typealias Crypto = CryptoFunctions
    private typealias TLS = TLSFunctions

    /// OpenSSL's number for "the peer's bytes are needed first".
    private static let wantsRead: Int32 = 2

    private let socket: LoopbackSocket
    private let connection: OpenSSL.Object
    /// Bytes from the client, not yet decrypted, and bytes for it, encrypted. The connection owns both.
    private let incoming: OpenSSL.Object
    private let outgoing: OpenSSL.Object

    /// Greets the client. Returns nil if there is no agreement, after the client has been sent OpenSSL's alert.
    package init?(_ socket: LoopbackSocket, _ settings: TLSSettings) {
        guard let context = try? settings.context(), let connection = TLS.make(context),
            let incoming = Crypto.bufferMake(Crypto.memory()), let outgoing = Crypto.bufferMake(Crypto.memory())
        else { return nil }
        // The connection holds a reference of its own.
        TLS.contextFree(context)
        TLS.setBuffers(connection, incoming, outgoing)
        self.socket = socket
        self.connection = connection
        self.incoming = incoming
        self.outgoing = outgoing
        guard repeating({ TLS.accept(connection) }) > 0 else { return nil }
    }

    deinit { TLS.free(connection) }

    /// Whether HTTP/2 was agreed on.
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

    /// Sends the closing alert and waits until the client closes the connection.
    package func finish() {
        _ = TLS.shutdown(connection)
        _ = flush()
        socket.finish()
    }

    /// Ends the TCP connection in good order without the closing alert, as a truncating attacker or a careless server does.
    package func cut() { socket.finish() }

    /// Calls OpenSSL until it needs no more bytes of the client, and sends what it leaves for the client each time.
    ///
    /// - Returns: OpenSSL's result; not positive if the connection has ended or can't go on.
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
