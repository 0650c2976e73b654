import CurlFunctions
import FetchCore

// Streamed bodies.
extension CurlHandle {
    /// The options of libcurl for a streamed body, and its progress.
    struct Streaming {
        /// True if libcurl decodes the body; `nil` if the option was never set.
        var decodesBody: Bool?
        /// The number of bytes since ``CurlHandle/work`` was last reset.
        var bytesSinceReset = 0
    }

    /// The sizes of libcurl's receive buffer. If libcurl decodes the body, the transfer can only pause after all of the
    /// buffer is decoded, which may be a thousand times as long.
    private static let (bufferSize, bufferSizeForDecoding) = (128 << 10, 4 << 10)
    /// The number of received bytes after which the limit on the work starts anew.
    private static let bytesPerWorkLimit = 1 << 20

    /// Sets the options that depend on the encodings that a request accepts.
    func setDecoding(_ request: FetchRequest) {
        streaming.bytesSinceReset = 0
        let decodes = !request.asksForIdentity
        guard decodes != streaming.decodesBody else { return }
        streaming.decodesBody = decodes
        // Without the option, libcurl sends the request's own Accept-Encoding and doesn't decode.
        easy.set(CurlOption.acceptEncoding, decodes ? "" : nil)
        easy.set(CurlOption.bufferSize, decodes ? Self.bufferSizeForDecoding : Self.bufferSize)
    }

    private func receive(streamedHead line: UnsafeRawBufferPointer) -> Bool {
        watchdog?.advance()
        guard response.receive(head: line) else { return false }
        if response.isHeadComplete, let transfer { multi?.session.deliverHead(of: transfer, self) }
        return true
    }

    /// Returns the number of bytes that are taken, or ``CurlValue/pauseWriting``.
    private func receive(streamedBody part: UnsafeRawBufferPointer) -> Int {
        watchdog?.advance()
        guard let body = transfer?.body, response.admit(streamed: part) else { return 0 }
        switch body.append(part) {
        case .ended: return 0
        case .full: return CurlValue.pauseWriting
        case .taken: break
        }
        response.count(streamed: part)
        streaming.bytesSinceReset += part.count
        if streaming.bytesSinceReset >= Self.bytesPerWorkLimit { (streaming.bytesSinceReset, work) = (0, 0) }
        multi?.session.noteReadable(body)
        return part.count
    }

    static let receiveStreamedHead: CurlDataCallback = { bytes, size, count, context in
        guard let context else { return 0 }
        let line = UnsafeRawBufferPointer(start: bytes, count: size * count)
        return CurlHandle.at(context).receive(streamedHead: line) ? line.count : 0
    }

    static let receiveStreamedBody: CurlDataCallback = { bytes, size, count, context in
        guard let context else { return 0 }
        return CurlHandle.at(context).receive(streamedBody: UnsafeRawBufferPointer(start: bytes, count: size * count))
    }
}

extension FetchRequest {
    /// True if the only accepted encoding is `identity`.
    fileprivate var asksForIdentity: Bool {
        headers["Accept-Encoding"]?.lowercased() == "identity"
    }
}
