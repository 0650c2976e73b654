import CurlFunctions
import FetchCore
import Synchronization

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A libcurl easy handle with its current transfer and the part of the response received so far.
///
/// Handles are pooled and reused. Only the event loop's thread may use them.
final class CurlHandle {
    let easy: CurlEasy
    let index: Int
    /// True if the handle carries transfers whose body is streamed.
    let isStreaming: Bool
    private(set) var transfer: CurlTransfer?
    /// The multi handle that runs the transfer.
    var multi: CurlMulti?
    var response = ResponseBuffer()
    private var limits = ResponseBuffer.Limits()
    /// The time when the request was handed to libcurl.
    private(set) var start: Int64 = 0
    /// The time spent on the response, in nanoseconds.
    var work: Int64 = 0
    /// The socket that libcurl stopped watching last. After the transfer, this is the connection's socket.
    var idleSocket: Int32?
    /// The `errno` of the last attempt to open a socket, if the process or the system had too many open files.
    var socketError: Int32?
    /// The reason why the last address to connect to was refused; `nil` if it wasn't.
    var addressProblem: String?

    /// The size in bytes up to which a handle keeps its request body buffer.
    private static let keptBodySize = 4_096

    /// The options and the progress of a streamed body.
    var streaming = Streaming()

    private let functions: CurlFunctions
    let watchdog: LoopWatchdog?
    /// The buffer from which libcurl reads the request body.
    private var body = UnsafeMutableRawBufferPointer.allocate(byteCount: keptBodySize, alignment: 1)
    private let errorText = UnsafeMutableBufferPointer<CChar>.allocate(capacity: 512)
    // The request properties for which libcurl's options are currently set.
    private var target: TransferTarget?
    private var method: RequestMethod?
    private var responseLimit: Int?
    /// The size of the request body in bytes; `nil` if libcurl doesn't have the address of ``body``.
    private var bodySize: Int?
    private var headers: HeaderFields?
    private var headerList: UnsafeMutableRawPointer?
    private var resolveList: UnsafeMutableRawPointer?

    /// Creates a handle with the options that are the same for every request. Fails if libcurl can't allocate one.
    ///
    /// - Parameters:
    ///   - functions: libcurl's functions.
    ///   - configuration: The transport's settings.
    ///   - index: The position in the ``HandlePool``.
    ///   - isStreaming: True to stream bodies.
    ///   - session: The context of the socket callbacks.
    ///   - watchdog: The loop's watchdog, which is notified of all received data.
    init?(
        _ functions: CurlFunctions,
        _ configuration: CurlTransport.Configuration,
        index: Int,
        isStreaming: Bool,
        session: UnsafeMutableRawPointer,
        watchdog: LoopWatchdog?
    ) {
        guard let easy = CurlEasy(functions) else { return nil }
        self.easy = easy
        self.index = index
        self.isStreaming = isStreaming
        self.functions = functions
        self.watchdog = watchdog
        errorText.initialize(repeating: 0)
        limits.headBytes = configuration.headByteLimit
        limits.headFields = configuration.headFieldLimit
        let context = Unmanaged.passUnretained(self).toOpaque()
        easy.set(CurlOption.privatePointer, context)
        easy.set(CurlOption.errorBuffer, errorText.baseAddress)
        easy.set(CurlOption.noSignal, 1)
        easy.set(CurlOption.protocols, CurlValue.httpAndHTTPS)
        easy.set(CurlOption.sslVersion, CurlValue.tls12OrLater)
        easy.set(CurlOption.proxySSLVersion, CurlValue.tls12OrLater)
        easy.set(CurlOption.pathAsIs, 1)
        easy.set(CurlOption.disallowUserName, 1)
        easy.set(CurlOption.suppressConnectHeaders, 1)
        // The transport chooses the proxy. Without this option, libcurl would read `no_proxy` itself.
        easy.set(CurlOption.noProxy, "")
        // An empty string enables all encodings that libcurl supports.
        easy.set(CurlOption.acceptEncoding, "")
        // The transport resolves names. libcurl's cache keeps an entry until the transport replaces it.
        easy.set(CurlOption.nameCacheTimeout, -1)
        easy.set(CurlOption.connectTimeoutMilliseconds, configuration.connectTimeout.wholeMilliseconds)
        if let file = configuration.certificateAuthorities {
            easy.set(CurlOption.certificateAuthorityFile, file)
            easy.set(CurlOption.proxyCertificateAuthorityFile, file)
        }
        easy.set(CurlOption.writeContext, context)
        easy.set(CurlOption.headerContext, context)
        easy.set(CurlOption.openSocketContext, context)
        easy.set(CurlOption.closeSocketContext, session)
        easy.set(CurlOption.writeFunction, isStreaming ? Self.receiveStreamedBody : receiveBody)
        easy.set(CurlOption.headerFunction, isStreaming ? Self.receiveStreamedHead : receiveHead)
        easy.set(CurlOption.openSocketFunction, CurlSession.openSocket)
        easy.set(CurlOption.closeSocketFunction, CurlSession.closeSocket)
    }

    deinit {
        easy.free()
        functions.listFreeAll(headerList)
        functions.listFreeAll(resolveList)
        body.deallocate()
        errorText.deallocate()
    }

    /// Sets the options for a transfer.
    ///
    /// - Parameters:
    ///   - transfer: The transfer that the handle carries until ``finish()``.
    ///   - resolved: The entries for libcurl's name cache, such as `example.com:443:192.0.2.1`.
    ///   - now: The time of the monotonic clock in nanoseconds.
    func prepare(_ transfer: CurlTransfer, resolved: [String], now: Int64) {
        let request = transfer.request
        self.transfer = transfer
        transfer.handleIndex.store(index, ordering: .relaxed)
        start = now
        work = 0
        idleSocket = nil
        socketError = nil
        addressProblem = nil
        response = transfer.takeBuffer()
        limits.bodyBytes = request.responseLimit
        response.limits = limits
        errorText[0] = 0
        easy.set(CurlOption.url, transfer.url)
        setTarget(transfer.target)
        setMethod(request)
        setHeaders(request)
        setResolved(resolved)
        if isStreaming { setDecoding(request) }
    }

    /// Releases the transfer, so that the handle can carry another one.
    func finish() {
        transfer?.handleIndex.store(-1, ordering: .relaxed)
        transfer = nil
        response = ResponseBuffer()
        guard body.count > Self.keptBodySize else { return }
        body.deallocate()
        body = .allocate(byteCount: Self.keptBodySize, alignment: 1)
        bodySize = nil
    }

    /// Moves the complete response out of the handle.
    func takeResponse() -> CurlResponse {
        var buffer = ResponseBuffer()
        swap(&buffer, &response)
        return CurlResponse(status: easy.value(of: CurlInfo.responseCode), head: buffer.head, body: buffer.body)
    }

    /// libcurl's error message. It can quote the server, so it is only searched, never shown.
    var errorMessage: String { errorText.baseAddress.map { String(cString: $0) } ?? "" }
}

// Consecutive requests on a handle mostly share target, method and header fields, so only changed options are set.
extension CurlHandle {
    private func setTarget(_ target: TransferTarget) {
        guard self.target !== target else { return }
        self.target = target
        easy.set(CurlOption.proxy, target.proxy ?? "")
        // Plain http is always HTTP/1.1, and so are streams. Such a request need not wait to learn if a connection can
        // be shared.
        let canMultiplex = target.isSecure && !isStreaming
        easy.set(CurlOption.httpVersion, canMultiplex ? CurlValue.http2OverTLS : CurlValue.http1)
        easy.set(CurlOption.waitForMultiplexing, canMultiplex ? 1 : 0)
    }

    private func setMethod(_ request: FetchRequest) {
        let method = request.method
        if method != self.method || request.responseLimit != responseLimit {
            responseLimit = request.responseLimit
            easy.set(CurlOption.maximumFileSize, offset: method.isHead ? 0 : Int64(max(request.responseLimit, 0)))
        }
        if method == .post, self.method == .post { return setBody(request.body ?? Data()) }
        self.method = method
        easy.set(CurlOption.headOnly, method.isHead ? 1 : 0)
        if method.isHead {
            easy.set(CurlOption.customRequest, nil as UnsafeRawPointer?)
        } else if request.body != nil || method == .post {
            easy.set(CurlOption.post, 1)
            setBody(request.body ?? Data())
            easy.set(CurlOption.customRequest, method == .post ? nil : method.description)
        } else {
            easy.set(CurlOption.httpGet, 1)
            easy.set(CurlOption.customRequest, method == .get ? nil : method.description)
        }
    }

    private func setBody(_ data: Data) {
        if data.count > body.count {
            body.deallocate()
            body = .allocate(byteCount: data.count * 2, alignment: 1)
            bodySize = nil
        }
        data.withUnsafeBytes { body.copyMemory(from: $0) }
        // libcurl reads the buffer when it sends the request.
        guard data.count != bodySize else { return }
        bodySize = data.count
        easy.set(CurlOption.postFieldSize, offset: Int64(data.count))
        easy.set(CurlOption.postFields, UnsafeRawPointer(body.baseAddress))
    }

    private func setHeaders(_ request: FetchRequest) {
        guard headers != request.headers else { return }
        headers = request.headers
        var list: UnsafeMutableRawPointer?
        for field in request.headers.fields {
            // For libcurl, a name with a colon and no value suppresses the field; a semicolon sends it empty.
            list = functions.listAppend(list, field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
        }
        // Suppress the fields that libcurl would add itself.
        for name in ["Expect", "Content-Type"] where request.headers[name] == nil {
            list = functions.listAppend(list, "\(name):")
        }
        easy.set(CurlOption.httpHeader, list)
        functions.listFreeAll(headerList)
        headerList = list
    }

    private func setResolved(_ entries: [String]) {
        guard resolveList != nil || !entries.isEmpty else { return }
        var list: UnsafeMutableRawPointer?
        for entry in entries { list = functions.listAppend(list, entry) }
        easy.set(CurlOption.resolve, list)
        functions.listFreeAll(resolveList)
        resolveList = list
    }
}

extension CurlHandle {
    fileprivate func receive(head line: UnsafeRawBufferPointer) -> Bool {
        watchdog?.advance()
        return response.receive(head: line)
    }

    fileprivate func receive(body part: UnsafeRawBufferPointer) -> Bool {
        watchdog?.advance()
        return response.receive(body: part)
    }

    static func at(_ context: UnsafeMutableRawPointer) -> CurlHandle {
        Unmanaged<CurlHandle>.fromOpaque(context).takeUnretainedValue()
    }
}

private let receiveHead: CurlDataCallback = { bytes, size, count, context in
    guard let context else { return 0 }
    let isAccepted = CurlHandle.at(context).receive(head: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isAccepted ? size * count : 0
}

private let receiveBody: CurlDataCallback = { bytes, size, count, context in
    guard let context else { return 0 }
    let isAccepted = CurlHandle.at(context).receive(body: UnsafeRawBufferPointer(start: bytes, count: size * count))
    return isAccepted ? size * count : 0
}

extension RequestMethod {
    fileprivate var isHead: Bool { description == "HEAD" }
}

extension Duration {
    /// The duration in milliseconds, clamped to 1 through 2,000,000,000, which fits a C `long` on all systems.
    var wholeMilliseconds: Int { Int(min(max(self / .milliseconds(1), 1), 2_000_000_000)) }
}
